using OrleansJobs;
using OrleansJobs.Silo;

const int CannotStart = 1;
try
{
    var builder = WebApplication.CreateBuilder(args);
    SiloHost.Configure(builder);
    var app = builder.Build();
    SiloHost.Map(app);
    await SiloHost.CheckAsync(app.Services);
    await app.RunAsync();
    return 0;
}
catch (JobsException fault)
{
    await Console.Error.WriteLineAsync($"The silo cannot start:{Environment.NewLine}{fault.Message}");
    return CannotStart;
}
