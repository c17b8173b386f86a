package tasktracker.source.slack;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.person.Speaker;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.LenientJson;
import tasktracker.source.UnreadableFile;

/** The people and conversations that an export lists at its top, as many as there is memory for: some forty thousand. */
final class SlackDirectory {

  /** Knows nobody. */
  static final SlackDirectory EMPTY = new SlackDirectory();
  private static final int MOST_BYTES = 16 << 20;
  /** About what a person or a conversation takes beside the characters of its texts, in bytes. */
  private static final int WEIGHT_OF_ONE = 250;
  /** So many of those who are in a conversation without a name make one up. */
  private static final int NAMED_TOGETHER = 20;

  private final Map<String, Speaker> people = new HashMap<>();
  private final Map<String, ChatRef> chats = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();
  private long bytes;

  /** Adds somebody of {@code users.json}. */
  void meet(LenientJson user) {
    String id = user.words("id");
    if (id != null) {
      Speaker speaker = SlackAuthors.speaker(id, user);
      take(id, speaker.firstName(), speaker.username(), speaker.email());
      people.put(id, speaker);
    }
  }

  /** Adds a conversation. Its folder has its name; that of two people, which has none, its id. */
  void know(LenientJson row, ChatKind kind) {
    String id = row.words("id");
    if (id != null) {
      String name = row.words("name");
      ChatRef chat = new ChatRef(id, kind, name == null ? together(row) : name);
      String folder = name == null ? id : name;
      take(id, chat.title(), folder);
      chats.put(folder, chat);
      if (name != null) {
        titles.put(id, name);
      }
    }
  }

  /** @throws UnreadableFile when there is no memory for more of them */
  private void take(@Nullable String... texts) {
    bytes += WEIGHT_OF_ONE;
    for (String text : texts) {
      bytes += text == null ? 0 : 2L * text.length();
    }
    if (bytes > MOST_BYTES) {
      throw UnreadableFile.fatal(LocalizedMessage.of("problem.file.slack", LocalizedMessage.of("problem.file.slack.people")));
    }
  }

  /** The names of those in a conversation without a name. */
  private @Nullable String together(LenientJson conversation) {
    if (!(conversation.json().get("members") instanceof JsonArray members)) {
      return null;
    }
    String names = members.stream().limit(NAMED_TOGETHER).filter(JsonString.class::isInstance)
        .map(m -> ((JsonString) m).getString()).map(id -> people.containsKey(id) ? people.get(id).firstName() : id)
        .collect(Collectors.joining(", "));
    return names.isBlank() ? null : names;
  }

  /** The conversation whose messages lie in that folder. */
  ChatRef chat(String folder) {
    return chats.getOrDefault(folder, new ChatRef(folder, ChatKind.OTHER, folder));
  }

  /** Whether a conversation's messages lie in that folder. */
  boolean isFolder(String folder) {
    return chats.containsKey(folder);
  }

  /** The name of the conversation with that id. */
  @Nullable String title(String id) {
    return titles.get(id);
  }

  @Nullable Speaker person(String id) {
    return people.get(id);
  }
}
