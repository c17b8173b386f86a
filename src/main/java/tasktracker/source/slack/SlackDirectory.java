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
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.UnreadableFile;

/** The people and conversations that an export lists, limited by memory to about forty thousand. */
final class SlackDirectory {

  /** An empty directory. */
  static final SlackDirectory EMPTY = new SlackDirectory();
  private static final int MAX_BYTES = 16 << 20;
  /** Approximate bytes of a person or a conversation besides its texts. */
  private static final int ENTRY_BYTES = 250;
  /** Maximum number of members that form the title of an unnamed conversation. */
  private static final int MAX_NAMES = 20;

  private final Map<String, Speaker> people = new HashMap<>();
  private final Map<String, ChatRef> chats = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();
  private long bytes;

  /** Adds a person of {@code users.json}. */
  void addPerson(LenientJson user) {
    String id = user.nonBlank("id");
    if (id != null) {
      Speaker speaker = SlackAuthors.speaker(id, user);
      reserveMemory(id, speaker.firstName(), speaker.username(), speaker.email());
      people.put(id, speaker);
    }
  }

  /** Adds a conversation. Its folder has its name; a direct message has no name, and its folder has its id. */
  void addConversation(LenientJson object, ChatKind kind) {
    String id = object.nonBlank("id");
    if (id != null) {
      String name = object.nonBlank("name");
      ChatRef chat = new ChatRef(id, kind, name == null ? memberNames(object) : name);
      String folder = name == null ? id : name;
      reserveMemory(id, chat.title(), folder);
      chats.put(folder, chat);
      if (name != null) {
        titles.put(id, name);
      }
    }
  }

  /** @throws UnreadableFile when there is no memory for more of them */
  private void reserveMemory(@Nullable String... texts) {
    bytes += ENTRY_BYTES;
    for (String text : texts) {
      bytes += text == null ? 0 : 2L * text.length();
    }
    if (bytes > MAX_BYTES) {
      throw UnreadableFile.fatal(LocalizedMessage.of("problem.file.slack", LocalizedMessage.of("problem.file.slack.people")));
    }
  }

  /** The names of the members of an unnamed conversation. */
  private @Nullable String memberNames(LenientJson conversation) {
    if (!(conversation.json().get("members") instanceof JsonArray members)) {
      return null;
    }
    String names = members.stream().limit(MAX_NAMES).filter(JsonString.class::isInstance)
        .map(m -> ((JsonString) m).getString()).map(id -> people.containsKey(id) ? people.get(id).firstName() : id)
        .collect(Collectors.joining(", "));
    return names.isBlank() ? null : names;
  }

  /** The conversation of a folder. */
  ChatRef chat(String folder) {
    return chats.getOrDefault(folder, new ChatRef(folder, ChatKind.OTHER, folder));
  }

  /** Whether a listed conversation has that folder. */
  boolean isFolder(String folder) {
    return chats.containsKey(folder);
  }

  /** The name of the conversation with that id. */
  @Nullable
  String title(String id) {
    return titles.get(id);
  }

  @Nullable
  Speaker person(String id) {
    return people.get(id);
  }
}
