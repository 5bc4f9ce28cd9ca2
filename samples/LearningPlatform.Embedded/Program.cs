using LearningPlatform.Embedded;
using LearningPlatform.Hosting;

return await GridHost.RunAsync(args, new EmbeddedEngine());
