using LearningPlatform;
using LearningPlatform.Email;
using OrleansJobs;

// What students see: submits jobs to the grid, and runs none.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOrleansJobsClient("jobsdb");

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPost("/welcome/{student}", async (string student, IJobClient jobs) =>
{
    var job = await jobs.SubmitAsync(JobClasses.Email, new SendEmail($"{student}@example.org", "Welcome", "Your first lecture waits for you."));
    return Results.Accepted($"/jobs/{job.Id}", new { job.Id });
});
app.MapGet("/jobs/{id}", async (JobId id, IJobClient jobs) =>
    await jobs.FindAsync(id) is { } job ? Results.Ok(new { job.Id, State = $"{job.State}" }) : Results.NotFound());
await app.RunAsync();
