using LearningPlatform.Demo;

return await DemoCommand.RunAsync(args);
