using LearningPlatform.Hosting;
using OrleansJobs.Silo;

return await GridHost.RunAsync(args, new SiloEngine());
