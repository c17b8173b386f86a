package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.List;

/** Divides the messages of a chat into conversations: meetings by their agenda, everything else by who answers whom. */
public final class ConversationSplitter {

  /** A pause that ends a meeting, in seconds. */
  private static final double MEETING_PAUSE = 1800;
  private static final int MIN_MEETING = 40;
  private static final double MIN_CHATTER = 0.04;
  private static final int MIN_HEADINGS = 2;

  private ConversationSplitter() {}

  public static List<Conversation> split(List<Utterance> utterances) {
    List<Conversation> conversations = new ArrayList<>();
    List<Utterance> free = new ArrayList<>();
    for (List<Utterance> session : sessions(utterances)) {
      if (isMeeting(session)) {
        conversations.addAll(AgendaCutter.cut(session));
      } else {
        free.addAll(session);
      }
    }
    conversations.addAll(ConversationFinder.find(free));
    return conversations;
  }

  private static List<List<Utterance>> sessions(List<Utterance> utterances) {
    List<List<Utterance>> sessions = new ArrayList<>();
    for (Utterance utterance : utterances) {
      if (sessions.isEmpty() || utterance.secondsSince(sessions.getLast().getLast()) > MEETING_PAUSE) {
        sessions.add(new ArrayList<>());
      }
      sessions.getLast().add(utterance);
    }
    return sessions;
  }

  /** A meeting with an agenda has headings or commands to the bots that keep its minutes, and no forum topics. */
  private static boolean isMeeting(List<Utterance> session) {
    if (session.size() < MIN_MEETING || session.stream().anyMatch(u -> u.message().thread() != null)) {
      return false;
    }
    long headings = session.stream().filter(u -> AgendaCutter.headingOf(u.text()) != null).count();
    long chatter = session.stream().filter(u -> AgendaCutter.isMeetingChatter(u.text())).count();
    return headings >= MIN_HEADINGS || chatter >= MIN_CHATTER * session.size();
  }
}
