using System.Text.Json.Serialization;

namespace OrleansJobs.Browser.Tests.Support;

/// <summary>How a job behaves.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Deed>))]
public enum Deed
{
    Succeed,
    Fail,
    Hold,
}
