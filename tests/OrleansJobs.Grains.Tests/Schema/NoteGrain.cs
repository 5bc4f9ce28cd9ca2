namespace OrleansJobs.Grains.Tests.Schema;

public sealed class Note
{
    public string Text { get; set; } = "";
}

public interface INoteGrain : IGrainWithStringKey
{
    Task<string> ReadAsync();

    Task WriteAsync(string text);

    Task ClearAsync();

    Task<bool> ExistsAsync();
}

public sealed class NoteGrain([PersistentState("note", SchemaSilo.StorageName)] IPersistentState<Note> state) : Grain, INoteGrain
{
    public Task<string> ReadAsync() => Task.FromResult(state.State.Text);

    public Task WriteAsync(string text)
    {
        state.State.Text = text;
        return state.WriteStateAsync();
    }

    public Task ClearAsync() => state.ClearStateAsync();

    public Task<bool> ExistsAsync() => Task.FromResult(state.RecordExists);
}
