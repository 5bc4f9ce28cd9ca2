namespace OrleansJobs.Embedded.Tests.Foreign;

/// <summary>A row that another program puts in.</summary>
/// <param name="Name">What it is called; its tenant.</param>
/// <param name="End">What has to become of it.</param>
/// <param name="Columns">The columns that are given beside class, tenant and payload.</param>
/// <param name="Values">Their values, as SQL.</param>
public sealed record ForeignRow(string Name, RowEnd End, string Columns, string Values)
{
    /// <summary>Whether the table takes it while it has its guards.</summary>
    public bool IsTaken => End is not (RowEnd.DeadLetter or RowEnd.StaysOdd or RowEnd.Refused);

    /// <summary>The statement that puts it in, as a job of this tenant.</summary>
    public string Insert(string jobClass, string purpose)
    {
        var payload = Columns.Contains("payload", StringComparison.Ordinal) ? ("", "") : ("payload, ", """ '{"name":"odd"}', """);
        return $"INSERT INTO jobs ({payload.Item1}class, tenant{(Columns.Length > 0 ? $", {Columns}" : "")}) " +
            $"VALUES ({payload.Item2}'{jobClass}', '{purpose}:{Name}'{(Values.Length > 0 ? $", {Values}" : "")})";
    }
}

/// <summary>What becomes of a row.</summary>
public enum RowEnd
{
    /// <summary>It is run.</summary>
    Runs,

    /// <summary>It waits for its time.</summary>
    Waits,

    /// <summary>It fails as jobs of the grid's own do.</summary>
    Fails,

    /// <summary>Guards refuse it; without them it is a dead letter that says why.</summary>
    DeadLetter,

    /// <summary>Guards refuse it; without them it has ended already, and is shown as odd.</summary>
    StaysOdd,

    /// <summary>It is refused with guards, and is not tried without them.</summary>
    Refused,
}
