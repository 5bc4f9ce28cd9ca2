namespace OrleansJobs.Dashboard;

/// <summary>A key that is let in.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The SHA-256 of the key's text, in 64 hexadecimal digits; <c>jobs key new</c> prints it.</summary>
    public string Hash { get; set; } = "";

    /// <summary>What its holder may do: <c>viewer</c>, <c>operator</c> or <c>admin</c>.</summary>
    public string Role { get; set; } = "";

    /// <summary>From when on it is not let in any more, nor are its sign-ins; null, the default, for never.</summary>
    public DateTimeOffset? Expires { get; set; }
}
