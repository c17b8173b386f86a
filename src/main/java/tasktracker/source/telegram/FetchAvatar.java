package tasktracker.source.telegram;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Fetch the avatar of a person from Telegram. */
@Kind("fetch_avatar_task")
public record FetchAvatar(UUID personId) implements Job {}
