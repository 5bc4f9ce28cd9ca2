using System.Net;
using LearningPlatform.Hosting;
using Orleans.Configuration;
using OrleansJobs.Hosting;
using OrleansJobs.Silo;

return await JobHost.RunAsync(args, builder => builder.UseOrleans(silo =>
{
    silo.AddOrleansJobs(jobs => jobs.AddPlatform(builder.Configuration));
    silo.AddGuardedDashboard(builder.Configuration);

    // JobGrid:Cluster:Address lets other machines in.
    silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
}), app => app.MapGuardedDashboard());
