using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Hosting;
using OrleansJobs.Http;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Registers schemes, policies and what they stand on.</summary>
internal static class AccessServices
{
    public static void AddOrleansJobsAccess(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(KeyGate)))
        {
            return;
        }

        services.AddOptions<OrleansJobsAccessOptions>();
        services.AddTransient<IConfigureOptions<OrleansJobsAccessOptions>, AccessConfiguration>();
        services.AddSingleton<IOptionsChangeTokenSource<OrleansJobsAccessOptions>>(
            provider => new ConfigurationChangeTokenSource<OrleansJobsAccessOptions>(provider.GetRequiredService<IConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AccessStartupCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, TrustedProxies>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<KestrelServerOptions>, ConnectionLimits>());
        services.AddSingleton(AddressCountsOf);
        services.AddSingleton<RefusedConnections>();
        services.AddSingleton<IConnectionListenerFactory, CountingListenerFactory>();
        services.AddSingleton<FailedKeys>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<KeyGate>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<CallerWatch>();
        services.AddSingleton<SignInCookie>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(provider => provider.GetRequiredService<SignInCookie>());
        services.AddSingleton<PageTokens>();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<JobView>();
        AddSchemes(services);
        AddPolicies(services);
    }

    private static AddressCounts AddressCountsOf(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var all = services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxConcurrentConnections;
        var proxies = HttpConfiguration.Read(configuration).TrustedProxies.Select(TrustedProxies.Parse).OfType<IPNetwork>().ToArray();
        return new AddressCounts(
            ConnectionLimits.PerAddress(configuration, all), address => IPAddress.IsLoopback(address) || proxies.Any(proxy => proxy.Contains(address)));
    }

    /// <summary>By the parts of authentication: the whole of it would bring data protection along, which writes a key ring to disk.</summary>
    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, AccessHandler>(AccessPolicies.Scheme, null)
            .AddScheme<CookieAuthenticationOptions, CookieAuthenticationHandler>(SignInCookie.Scheme, null);
    }

    private static void AddPolicies(IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, OwnRequest.Handler>();
        services.AddAuthorization(options =>
        {
            foreach (var role in Enum.GetValues<AccessRole>())
            {
                options.AddPolicy(AccessPolicies.Of(role), policy => policy
                    .AddAuthenticationSchemes(AccessPolicies.Scheme)
                    .RequireClaim(Caller.RoleClaim, Enum.GetValues<AccessRole>().Where(other => other >= role).Select(Caller.NameOf))
                    .AddRequirements(OwnRequest.Instance));
            }
        });
    }
}
