using OrleansJobs.Silo;

var builder = WebApplication.CreateBuilder(args);
SiloHost.Configure(builder);
var app = builder.Build();
SiloHost.Map(app);
await app.RunAsync();
