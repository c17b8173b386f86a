package tasktracker.platform.web;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.EvidenceQuote;
import tasktracker.message.Strength;
import tasktracker.message.IncomingMessage;
import tasktracker.message.Sources;
import tasktracker.message.feed.AdjacentMessages;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.FeedPage;
import tasktracker.message.feed.FeedQuery;
import tasktracker.message.feed.MessageItem;
import tasktracker.message.feed.MessageReader;
import tasktracker.message.feed.RichText;
import tasktracker.message.feed.WordDiff;
import tasktracker.platform.web.problem.Problem;
import tasktracker.summary.ActivityHeatmap;
import tasktracker.summary.ActivityTrend;
import tasktracker.summary.Overview;
import tasktracker.summary.OverviewFigures;
import tasktracker.summary.OverviewKnowledge;
import tasktracker.summary.Period;

/** Sample data for each page of the {@link TemplatePreview}. */
final class SampleModels {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Map<String, Long> NOW_COUNTS = Map.of("all", 1219L, "signal", 204L, "weak_signal", 31L, "noise", 689L);
  private static final List<String[]> MESSAGES = List.of(
      new String[]{"Olena Marchuk",
          "The export job times out for workspaces over 5,000 issues. Sentry shows 14 customers hit it since Monday.", "signal", "0.91"},
      new String[]{"Kevin Osei", "Decision from the call: we drop the legacy webhook format on 1 December, changelog goes out this Friday.",
          "signal", "0.88"},
      new String[]{"Тарас Коваль", "Зробив відкат на проді, помилка 502 зникла. Причина — пул з’єднань, деталі напишу в тред.", "signal",
          "0.83"},
      new String[]{"Maria Lindqvist", "ok 👍", "noise", "0.08"},
      new String[]{"Dmytro Hrytsenko", "Could somebody check whether the staging certificate was renewed?", "weak_signal", "0.61"},
      new String[]{"Olena Marchuk", "<script>alert('xss')</script> <b>not bold</b> javascript:alert(1)", "weak_signal", "0.44"},
      new String[]{"Ґанна Їжакевич", "Доброго ранку всім ☀️", "noise", "0.05"},
      new String[]{"CRYPTO PROFIT", "Earn $5000 a day!!! Write me → t.me/fastmoney_bot", "spam", "0.02"},
      new String[]{"Kevin Osei", "I'll send the revised onboarding copy by Thursday noon.", "signal", "0.77"},
      new String[]{"Deploy bot", "api-gateway 2.41.0 deployed to production in 3m 12s", "weak_signal", "0.36"},
      new String[]{"Maria Lindqvist",
          "What if the digest grouped questions nobody answered? People keep asking me to dig those out by hand.", "signal", "0.79"},
      new String[]{"Тарас Коваль", "лол", "noise", "0.04"},
      new String[]{"Dmytro Hrytsenko", "We still have no owner for the mobile push migration, and Apple turns the old API off in March.",
          null, null},
      new String[]{"Olena Marchuk", "https://status.example.com/incidents/812 is resolved, root cause will follow in the retro",
          "weak_signal", "0.58"});

  private SampleModels() {}

  static Map<String, Object> of(String template, String query) {
    return switch (template) {
      case "error/problem" -> new HashMap<>(Map.of("problem", query.contains("500")
          ? new Problem(500, "Something went wrong", "An error occurred. Reference in the log: 8c1f02aa.")
          : Problem.notFound("page")));
      case "message/list" -> messages(query);
      case "overview/page" -> overview();
      default -> new HashMap<>();
    };
  }

  private static Map<String, Object> messages(String query) {
    List<MessageItem> rows = new ArrayList<>();
    for (int i = 0; i < (query.contains("none") ? 0 : 25); i++) {
      rows.add(view(i));
    }
    MultivaluedMap<String, String> asked = new MultivaluedHashMap<>();
    if (query.contains("filtered")) {
      asked.putSingle("author", "olena");
      asked.putSingle("class", "signal");
    }
    FeedQuery feedQuery = FeedQuery.of(new tasktracker.platform.web.query.Query(asked));
    var page = new FeedPage(feedQuery, rows, Map.of("signal", 204L, "weak_signal", 311L, "noise", 689L, "unscored", 12L, "spam", 3L),
        new Feed.Count(1219, true), null, "/messages?after=x");
    Map<String, Object> model = new HashMap<>(Map.of("feed", page,
        "chats", List.of(new Sources.BusyChat(new UUID(1, 1), "Northwind · product", "telegram", 1219)),
        "sources", List.of(new Sources.Source(new UUID(2, 2), "telegram", "telegram", true, NOW, NOW))));
    if (query.contains("open")) {
      model.putAll(Map.of("open", open(), "list", feedQuery, "beside", new AdjacentMessages(null, view(1).id())));
    }
    return model;
  }

  private static Map<String, Object> overview() {
    Period period = Period.of("7d", LocalDate.now(ZoneOffset.UTC), LocalDate.of(2026, 1, 1), TimeZones.UTC);
    long[] hours = new long[24 * 7];
    List<Overview.Slice> days = new ArrayList<>();
    for (int hour = 0; hour < 24 * 7; hour++) {
      if (hour % 24 > 7 && hour % 24 < 19 && hour / 24 != 2) {
        hours[hour] = (hour * 7919) % 23;
      }
    }
    for (int day = 0; day < 7; day++) {
      days.addAll(List.of(new Overview.Slice(day, "signal", 12 + day * 5 % 17), new Overview.Slice(day, "weak_signal", 20 + day * 11 % 23),
          new Overview.Slice(day, "noise", 40 + day * 17 % 31)));
    }
    Map<String, Object> model = new HashMap<>(Map.of("waiting",
        List.of(new OverviewKnowledge.Waiting("overview.waiting.proposals", "/proposals", 3),
            new OverviewKnowledge.Waiting("overview.waiting.atoms", "/atoms", 12),
            new OverviewKnowledge.Waiting("overview.waiting.versions", "/versions", 1)),
        "decisions", List.of(atom("decision", "approved")), "questions", List.of(atom("question", "pending"))));
    model.putAll(Map.of("period", period, "periods", Period.NAMES,
        "now", NOW_COUNTS, "figures", new OverviewFigures(period, NOW_COUNTS, Map.of("all", 1100L, "signal", 220L, "weak_signal", 0L)),
        "signals", List.of(view(0), view(1), view(2), view(8), view(10)), "recent", List.of(view(3), view(4), view(5), view(6), view(12)),
        "trend", ActivityTrend.of(period, days), "heats",
        List.of(ActivityHeatmap.of(period, hours, 1), ActivityHeatmap.of(period, hours, 4)),
        "chats", List.of(new Overview.ChatShare(new UUID(1, 1), "Northwind · product", 812, 180),
            new Overview.ChatShare(new UUID(1, 2), "Northwind · incidents", 301, 90))));
    return model;
  }

  private static AtomItem atom(String type, String status) {
    UUID id = UUID.nameUUIDFromBytes(type.getBytes());
    return new AtomItem(id, type, "Offline mode ships on 14 May", "We ship the offline mode on 14 May.", .8, status, false, false, null,
        "built-in", null, null, null, null, NOW, 1, "analyst", NOW, NOW, null, null, id, "Offline mode", "#3B82F6",
        List.of(new EvidenceQuote(id, 0, id, 1, 0, 20, "ships on 14 May", "valid", "Olena", NOW)), List.of());
  }

  private static MessageReader.OpenMessage open() {
    MessageItem m = view(0);
    return new MessageReader.OpenMessage(m,
        RichText.spans(m.content() + " See https://sentry.example.com/issues/4412 and javascript:alert(1)",
            List.of(new IncomingMessage.TextEntity("bold", 4, 10, null), new IncomingMessage.TextEntity("code", 24, 9, null))),
        List.of(new IncomingMessage.Reaction("🔥", 3), new IncomingMessage.Reaction("👀", 1)), view(4), List.of(view(1), view(2)),
        List.of(view(4), view(3), view(0), view(1), view(2)),
        List.of(
            new MessageReader.Revision(2, NOW, WordDiff.between("The export job times out for workspaces over 500 issues.", m.content()))));
  }

  static List<MessageItem> rows() {
    return List.of(view(0), view(5), view(12));
  }

  private static MessageItem view(int i) {
    String[] said = MESSAGES.get(i % MESSAGES.size());
    Instant sent = NOW.minusSeconds(40 + 1700L * i * i);
    return new MessageItem(new UUID(7, i + 1), String.valueOf(900 + i), said[1], false, sent, i == 0 ? sent : null, i == 0 ? 2 : 1,
        "text", new UUID(2, 2), "telegram", new UUID(1, i % 3), i % 5 == 0 ? "Northwind · incidents" : "Northwind · product", null,
        i == 0 ? "Export" : null, null, i == 0 ? "Support queue" : null, UUID.nameUUIDFromBytes(said[0].getBytes()), said[0], null, null,
        said[3] == null ? null : Double.valueOf(said[3]),
        said[3] == null || said[2] == null ? null : Strength.of(said[2], Double.parseDouble(said[3])), said[2],
        said[2] == null ? null : "{\"content\":0.92,\"author\":0.7,\"temporal\":0.9,\"topics\":0.4}", null, "en", sent, sent);
  }
}
