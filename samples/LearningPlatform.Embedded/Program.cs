using LearningPlatform.Hosting;
using OrleansJobs.Hosting;

return await JobHost.RunAsync(args, builder => builder.Services.AddOrleansJobs(jobs => jobs.AddPlatform(builder.Configuration).UseEmbedded()));
