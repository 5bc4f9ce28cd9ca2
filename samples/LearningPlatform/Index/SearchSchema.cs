namespace LearningPlatform.Index;

/// <summary>The tables and statements of the search index.</summary>
internal static class SearchSchema
{
    /// <summary>A finished job's document must still be there after a power cut, hence FULL.</summary>
    public const string ConnectionSettings = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;";

    public const string Journal = "PRAGMA journal_mode = WAL";

    public const string Create = """
        CREATE TABLE IF NOT EXISTS documents (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            submitted_ticks INTEGER NOT NULL);
        CREATE VIRTUAL TABLE IF NOT EXISTS document_text USING fts5 (
            title, body, path, tokenize = 'unicode61 remove_diacritics 2');
        """;

    public const string IsThere = "SELECT count(*) FROM sqlite_master WHERE name = 'document_text'";

    public const string Upsert = """
        INSERT INTO documents (path, title, bytes, submitted_ticks) VALUES (@Path, @Title, @Bytes, @SubmittedTicks)
        ON CONFLICT (path) DO UPDATE SET title = excluded.title, bytes = excluded.bytes, submitted_ticks = excluded.submitted_ticks
            WHERE excluded.submitted_ticks >= documents.submitted_ticks
        RETURNING id
        """;

    public const string Replace = """
        DELETE FROM document_text WHERE rowid = @Id;
        INSERT INTO document_text (rowid, title, body, path) VALUES (@Id, @Title, @Text, @Path)
        """;

    /// <summary>A word in the title counts for five in the text.</summary>
    public const string Query = """
        SELECT path, title, snippet(document_text, -1, '[', ']', '…', 16)
        FROM document_text WHERE document_text MATCH @Query
        ORDER BY bm25(document_text, 5.0, 1.0, 1.0), rowid LIMIT @Limit
        """;
}
