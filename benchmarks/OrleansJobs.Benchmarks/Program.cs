using OrleansJobs.Benchmarks;
using OrleansJobs.Benchmarks.Scenarios.Dashboards;

return args is [ReadersCommand.Name] ? await ReadersCommand.RunAsync() : await BenchmarkCommand.RunAsync(args);
