using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Answers one kind of call; throws what the caller did wrong.</summary>
internal delegate Task<IResult> ApiHandler(ApiCall call);
