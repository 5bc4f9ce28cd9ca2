namespace OrleansJobs.Dashboard.Access;

/// <summary>How a caller was known.</summary>
internal enum CallerKind
{
    /// <summary>By nothing: no keys are configured, and the call came through loopback.</summary>
    Local,

    /// <summary>By a key in the call's <c>Authorization</c> header.</summary>
    Key,

    /// <summary>By a sign-in.</summary>
    Cookie,

    /// <summary>By a scheme of the host.</summary>
    Scheme,
}
