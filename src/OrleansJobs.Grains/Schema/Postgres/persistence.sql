-- Grain state in PostgreSQL, for the ADO.NET grain storage of Orleans.
-- What stands before the first "query:" line makes the tables; each "query:" section becomes the row of OrleansQuery with that key.
-- Orleans dictates the name OrleansQuery and its two columns, the keys, the @parameters and the columns it reads. The rest is ours.

CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey  text PRIMARY KEY,
    QueryText text NOT NULL
);

-- The primary key is what makes one of two racing first writes lose: hashes of the key, which Orleans also sends, could not.
-- key_text is empty rather than null for a grain without a text key, because nulls are never equal in a unique index.
-- A null payload marks cleared state. The row stays, so that its version never runs again from 1: an activation that
-- slept through the clear still holds an old version and must not match the new state's.
CREATE TABLE IF NOT EXISTS orleans_grain_state
(
    service_id text        NOT NULL,
    state_name text        NOT NULL,
    key_text   text        NOT NULL,
    key_n0     bigint      NOT NULL,
    key_n1     bigint      NOT NULL,
    version    integer     NOT NULL,
    payload    bytea,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (service_id, state_name, key_text, key_n0, key_n1)
);

-- Cleared state is not read back: to the grain the record does not exist.
-- query: ReadFromStorageKey
SELECT payload AS PayloadBinary, version AS Version
FROM orleans_grain_state
WHERE service_id = @ServiceId AND state_name = @GrainTypeString
  AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
  AND payload IS NOT NULL;

-- One statement, two disjoint cases: with a version only the row of that version is replaced, without one a row is made
-- or cleared state comes back to life. No row in the answer is how Orleans is told of a conflict.
-- The last condition of each change always holds: where the database or the role answers commits before they are on disk, this one insists.
-- query: WriteToStorageKey
WITH replaced AS
(
    UPDATE orleans_grain_state
    SET payload = @PayloadBinary, version = version + 1, changed_at = now()
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString
      AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
      AND version = @GrainStateVersion AND (current_setting('synchronous_commit') <> 'off' OR set_config('synchronous_commit', 'on', true) <> '')
    RETURNING version
),
created AS
(
    INSERT INTO orleans_grain_state AS kept (service_id, state_name, key_text, key_n0, key_n1, version, payload, changed_at)
    SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1, 1, @PayloadBinary, now()
    WHERE @GrainStateVersion IS NULL AND (current_setting('synchronous_commit') <> 'off' OR set_config('synchronous_commit', 'on', true) <> '')
    ON CONFLICT (service_id, state_name, key_text, key_n0, key_n1) DO UPDATE
    SET payload = excluded.payload, version = kept.version + 1, changed_at = excluded.changed_at
    WHERE kept.payload IS NULL
    RETURNING version
)
SELECT version AS NewGrainStateVersion FROM replaced
UNION ALL
SELECT version FROM created;

-- query: ClearStorageKey
UPDATE orleans_grain_state
SET payload = NULL, version = version + 1, changed_at = now()
WHERE service_id = @ServiceId AND state_name = @GrainTypeString
  AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
  AND version = @GrainStateVersion AND (current_setting('synchronous_commit') <> 'off' OR set_config('synchronous_commit', 'on', true) <> '')
RETURNING version;

-- For storage with DeleteStateOnClear. Orleans takes an answer that differs from the version it sent as success.
-- query: DeleteStorageKey
DELETE FROM orleans_grain_state
WHERE service_id = @ServiceId AND state_name = @GrainTypeString
  AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
  AND version = @GrainStateVersion AND (current_setting('synchronous_commit') <> 'off' OR set_config('synchronous_commit', 'on', true) <> '')
RETURNING version + 1;
