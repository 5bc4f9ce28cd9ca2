using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Who has signed in.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="Role">What its holder may do.</param>
internal sealed record SignInAnswer(string Name, AccessRole Role);
