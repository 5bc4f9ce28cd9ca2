using OrleansJobs.Benchmarks;

return await BenchmarkCommand.RunAsync(args);
