using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace OrleansJobs.Client.Wire;

/// <summary>
/// Lets the exceptions of the grid and of its stores' drivers cross the wire that have no converter of their own: by their type, text and trace. An
/// exception that cannot cross breaks the connection, and its caller waits for a timeout.
/// </summary>
internal sealed class WireExceptions : IConfigureOptions<ExceptionSerializationOptions>
{
    public void Configure(ExceptionSerializationOptions options)
    {
        options.SupportedNamespacePrefixes.Add(nameof(OrleansJobs));
        options.SupportedNamespacePrefixes.Add("Npgsql");
    }
}
