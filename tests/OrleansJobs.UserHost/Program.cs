using OrleansJobs.Dashboard;
using OrleansJobs.Hosting;
using OrleansJobs.Postgres;
using OrleansJobs.Sqlite;
using OrleansJobs.UserHost;
using OrleansJobs.Workers.Registration;

// The ways in which applications host the grid, each as short as a user would write it.
var settings = args[1..];
return await (args[0] switch
{
    "silo" => Silo(),
    "embedded" => Embedded(),
    "own" => Own(),
    "worker" => Worker(),
    _ => throw new ArgumentException($"'{args[0]}' is no way to host the grid.", nameof(args)),
});

Task<int> Silo() => JobHost.RunAsync(settings, builder => builder.UseOrleans(silo => silo
    .AddOrleansJobs(AddClasses)
    .UseConfiguredStore(builder.Configuration, new SqliteStoreSettings(), new PostgresStoreSettings())));

Task<int> Embedded()
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.AddOrleansJobsHost(AddClasses)
        .UseEmbedded()
        .UseConfiguredStore(builder.Configuration, new SqliteStoreSettings(), new PostgresStoreSettings());
    var app = builder.Build();
    app.MapOrleansJobsHost();
    return app.RunJobsAsync();
}

Task<int> Own()
{
    var builder = WebApplication.CreateBuilder(settings);
    builder.UseOrleans(silo => silo
        .AddOrleansJobs(AddClasses)
        .UseSqliteJobs(builder.Configuration["Database"] ?? "jobs.db"));
    builder.Services.AddOrleansJobsApi();
    builder.AddOrleansJobsSettings();
    var app = builder.Build();
    app.MapOrleansJobsApi();
    app.MapOrleansJobsHealth();
    return app.RunJobsAsync();
}

Task<int> Worker()
{
    var builder = Host.CreateApplicationBuilder(settings);
    builder.AddOrleansJobsHost(AddClasses)
        .UseEmbedded()
        .UseConfiguredStore(builder.Configuration, new SqliteStoreSettings());
    return builder.Build().RunJobsAsync();
}

static void AddClasses(JobGridBuilder jobs) => jobs
    .AddHandler<Note, NoteHandler>("probe")
    .AddHandler<Note, NoteHandler>("email", email => email.MaxLocalWorkers = 16);
