using OrleansJobs.Silo;

return await SiloStart.RunAsync(args);
