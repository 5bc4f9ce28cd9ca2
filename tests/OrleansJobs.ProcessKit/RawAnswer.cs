using System.Net;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.ProcessKit;

/// <summary>An HTTP answer as it came.</summary>
internal sealed record RawAnswer(HttpStatusCode Status, string? ContentType, string Body)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, JobsHttpJson.Options)!;

    public ApiProblem Problem()
    {
        Assert.True(ContentType == ApiProblem.ContentType, $"{(int)Status} {ContentType}: {Body}");
        return Read<ApiProblem>();
    }
}
