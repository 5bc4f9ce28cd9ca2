namespace OrleansJobs.Packages.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">Its path from the repository's root.</param>
/// <param name="Line">The line of the page that its first line is on.</param>
/// <param name="Language">What the fence says.</param>
/// <param name="Text">What is between the fences.</param>
/// <param name="App">Of which application it is which file, "mailer/Program.cs"; or its set-up, "mailer".</param>
/// <param name="Given">The parameters of the method that a fragment is the body of.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Text, string? App, string? Given)
{
    public override string ToString() => $"{Page}:{Line}";
}
