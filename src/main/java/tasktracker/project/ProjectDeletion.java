package tasktracker.project;

import java.util.UUID;

/** A project is about to be deleted, in the same transaction. An observer that still needs it throws a {@code Problem} with 409. */
public record ProjectDeletion(UUID projectId) {}
