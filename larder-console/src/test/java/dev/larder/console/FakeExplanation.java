package dev.larder.console;

import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.Explanation.TagView;
import java.util.List;

/** What is told of one key, be it there or gone. */
final class FakeExplanation {

  private FakeExplanation() {}

  static Explanation of(
      String slot,
      boolean isGone,
      State stored,
      String loadFailure,
      long startedMillis,
      List<Event> events) {
    State state = isGone ? State.ABSENT : State.FRESH;
    List<TagView> tags = List.of(new TagView("user:7", "9.118"), new TagView("feed", ""));
    return new Explanation(
        slot,
        slot.split(":", -1)[1],
        List.of(
            new Copy(
                "L1",
                "node-a",
                "",
                state,
                "88120",
                41_000,
                139_000,
                -1,
                -1,
                isGone ? List.of() : tags),
            new Copy(
                "L1",
                "node-b",
                "",
                isGone ? State.ABSENT : State.INVALID,
                "87990",
                191_000,
                -11_000,
                -1,
                -1,
                List.of()),
            new Copy(
                "L2",
                "",
                "redis",
                isGone ? state : stored,
                "9.120",
                41_100,
                138_900,
                isGone ? -1 : 1_100,
                isGone ? -1 : 4_400,
                isGone ? List.of() : tags),
            new Copy("DATABASE", "", "postgresql", State.ABSENT, "", -1, 0, -1, -1, List.of())),
        new Ending("9.119", "tag user:7", "@CacheEvict Reviews.save", "node-b", startedMillis),
        new Loaded("node-a", "Feeds.of:88", 118_000_000, startedMillis + 1_000, loadFailure),
        "its tag user:7 was invalidated at 9.119",
        startedMillis,
        isGone ? new Gone(Gone.How.RAN_OUT, startedMillis + 301_000, 300_000) : null,
        List.of(
            new EndedBy(
                "tag user:7", "@CacheEvict Reviews.save", 5, startedMillis - 60_000, startedMillis),
            new EndedBy("tag feed", "OutboxRelay", 2, startedMillis - 90_000, startedMillis),
            new EndedBy("tag user:7", "OutboxRelay", 1, startedMillis - 60_000, startedMillis)),
        List.copyOf(events),
        List.of());
  }
}
