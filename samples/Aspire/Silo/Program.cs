using LearningPlatform;
using OrleansJobs.Dashboard;

// A silo of the grid: runs the learning platform's jobs, and serves the dashboard.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOrleansJobs("jobsdb", jobs => jobs.AddLearningPlatform(builder.Configuration.GetSection("LearningPlatform")));
builder.Services.AddOrleansJobsApi();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOrleansJobsApi();
app.MapOrleansJobsDashboard();
await app.RunAsync();
