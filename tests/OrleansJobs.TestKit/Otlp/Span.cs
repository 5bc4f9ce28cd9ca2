namespace OrleansJobs.TestKit.Otlp;

/// <summary>A span as a collector gets it.</summary>
public sealed record Span(
    string Scope, string Service, string TraceId, string Id, string ParentId, string Name, SpanKind Kind, ulong StartedAt, ulong EndedAt,
    IReadOnlyDictionary<string, object> Attributes, IReadOnlyList<SpanEvent> Events, IReadOnlyList<SpanLink> Links, ulong Status, string StatusText)
{
    public const ulong Error = 2;

    public static IEnumerable<Span> Of(Wire request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new Span(
            scope.Message(1)!.Text(1),
            (string)AttributesOf(resource.Message(1)!, 1)["service.name"],
            span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (SpanKind)span.Number(6), span.Number(7), span.Number(8),
            AttributesOf(span, 9),
            [.. span.Messages(11).Select(one => new SpanEvent(one.Text(2), one.Number(1), AttributesOf(one, 3)))],
            [.. span.Messages(13).Select(one => new SpanLink(one.Hex(1), one.Hex(2), AttributesOf(one, 4)))],
            span.Message(15)?.Number(3) ?? 0,
            span.Message(15)?.Text(2) ?? "");

    public static Dictionary<string, object> AttributesOf(Wire message, int number) =>
        message.Messages(number).ToDictionary(pair => pair.Text(1), pair => ValueOf(pair.Message(2)!));

    private static object ValueOf(Wire value) =>
        value.Has(1) ? value.Text(1) : value.Has(2) ? value.Number(2) != 0 : value.Has(3) ? (long)value.Number(3) : value.Has(4) ? value.Real(4) : "";
}

public sealed record SpanEvent(string Name, ulong At, IReadOnlyDictionary<string, object> Attributes);

public sealed record SpanLink(string TraceId, string SpanId, IReadOnlyDictionary<string, object> Attributes);

public enum SpanKind
{
    None,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}
