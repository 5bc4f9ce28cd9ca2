using Microsoft.Extensions.Logging;

namespace OrleansJobs.Testing;

/// <summary>A line that a handler logged through its context.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Message">The line, with its values in place.</param>
/// <param name="Exception">The exception that was logged with it.</param>
public sealed record TestLogLine(LogLevel Level, string Message, Exception? Exception);
