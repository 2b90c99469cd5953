package dev.larder.cli.look;

import dev.larder.cli.output.Figures;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells in words what is known of a key. */
final class Sentences {

  private static final String NO_CALL = "a refresh, a warm-up or a call that was not noted";

  private static final int OFTEN = 3;

  private static final int MOST_TARGETS = 4;

  private static final int MOST_CAUSES = 3;

  /** An entry may have a hundred. */
  private static final int MOST_TAGS = 8;

  private Sentences() {}

  /** A line per thing that is known. */
  static List<String> of(Explanation it, long now) {
    List<String> lines = new ArrayList<>();
    Copy shared = it.copies().stream()
        .filter(copy -> !copy.tier().equals("L1") && isEntry(copy))
        .findFirst()
        .orElse(null);
    if (it.copies().stream().allMatch(copy -> copy.state() == State.ABSENT)) {
      lines.add("no tier has it");
    } else {
      it.copies()
          .forEach(copy -> lines.add(place(copy) + " " + copy(copy, shared) + asked(copy, it)));
    }
    String gone = gone(it, now);
    if (gone != null) {
      lines.add(gone);
    }
    Explanation.Loaded loaded = it.loaded();
    if (loaded != null) {
      lines.add("loaded by " + (loaded.site().isEmpty() ? NO_CALL : loaded.site())
          + " at " + Figures.time(loaded.atMillis(), now) + " on " + loaded.node() + " in "
          + Figures.nanos(loaded.nanos())
          + (loaded.failure().isEmpty() ? "" : ", which failed: " + loaded.failure()));
    }
    Explanation.Ending ended = it.ended();
    if (ended != null) {
      lines.add("what covers it was last invalidated"
          + (ended.atMillis() <= 0 ? "" : " at " + Figures.time(ended.atMillis(), now))
          + (ended.node().isEmpty() ? "" : " by " + ended.node())
          + (ended.cause().isEmpty() ? "" : " (" + ended.cause() + ")") + ": "
          + ended.target()
          + (ended.position().isEmpty() ? "" : ", position " + ended.position()));
    }
    boolean isKnown = loaded != null || ended != null || it.missed() != null || gone != null;
    if (!isKnown && it.copies().stream().noneMatch(Sentences::isThere)) {
      lines.add("no node remembers a load of it, a lookup that missed, or what ended it");
    }
    String often = often(it.endedBy(), now);
    if (often != null) {
      lines.add(often);
    }
    String missed = it.missed();
    if (missed != null) {
      lines.add("the last lookup that missed"
          + (it.missedMillis() == 0 ? "" : ", at " + Figures.time(it.missedMillis(), now))
          + ", did so for this reason: " + missed);
    }
    Map<String, String> tags = tags(it);
    if (!tags.isEmpty()) {
      lines.add("would be dropped by " + (tags.size() == 1 ? "tag " : "tags ")
          + few(List.copyOf(tags.keySet())));
      String earlier = few(tags.entrySet().stream()
          .filter(tag -> !tag.getValue().isEmpty())
          .map(tag -> tag.getKey() + " at " + tag.getValue())
          .toList());
      if (!earlier.isEmpty()) {
        lines.add("nothing newer of its tags is known than: " + earlier);
      }
    }
    if (!it.silent().isEmpty()) {
      lines.add("no answer in time from " + String.join(", ", it.silent()));
    }
    return lines;
  }

  /** Whether a tier holds something at its place. */
  private static boolean isThere(Copy copy) {
    return copy.state() != State.ABSENT && copy.state() != State.UNREACHABLE;
  }

  /** What ends it again and again, the most frequent cause first; null if nothing does. */
  private static @Nullable String often(List<EndedBy> all, long now) {
    long count = all.stream().mapToLong(EndedBy::count).sum();
    if (count < OFTEN) {
      return null;
    }
    long first = all.stream().mapToLong(EndedBy::firstMillis).min().orElse(now);
    Map<String, List<EndedBy>> byTarget = all.stream()
        .collect(Collectors.groupingBy(EndedBy::target, LinkedHashMap::new, Collectors.toList()));
    String targets = byTarget.values().stream()
        .sorted(Comparator.comparingLong(Sentences::sum).reversed())
        .limit(MOST_TARGETS)
        .map(Sentences::oneTarget)
        .collect(Collectors.joining(", "));
    return "what covers it was invalidated " + Figures.count(count) + " times since "
        + Figures.time(first, now) + ", as far as nodes remember: " + targets
        + (byTarget.size() > MOST_TARGETS ? " and others" : "");
  }

  private static long sum(List<EndedBy> all) {
    return all.stream().mapToLong(EndedBy::count).sum();
  }

  /** {@code 9 by tag feed (OutboxRelay 7, FeedService.follow 2)}. */
  private static String oneTarget(List<EndedBy> causes) {
    String by = causes.stream()
        .filter(it -> !it.cause().isEmpty())
        .limit(MOST_CAUSES)
        .map(it -> it.cause() + (causes.size() == 1 ? "" : " " + Figures.count(it.count())))
        .collect(Collectors.joining(", "));
    return Figures.count(sum(causes)) + " by " + causes.get(0).target()
        + (by.isEmpty()
            ? ""
            : " (" + by + (causes.size() > MOST_CAUSES ? " and others" : "") + ")");
  }

  /** Why no tier has it, where a node still knows what it was. */
  private static @Nullable String gone(Explanation it, long now) {
    Copy past = it.copies().stream()
        .filter(
            copy -> copy.state() == State.ABSENT && copy.ageMillis() >= 0 && copy.freshMillis() < 0)
        .findFirst()
        .orElse(null);
    if (past != null) {
      return "it ran out: the ttl of what " + place(past) + " had ended "
          + Figures.millis(-past.freshMillis()) + " ago";
    }
    Explanation.Gone gone = it.gone();
    if (gone == null) {
      return null;
    }
    return switch (gone.how()) {
      case RAN_OUT ->
        "it ran out at " + Figures.time(gone.atMillis(), now)
            + (gone.ttlMillis() == 0
                ? ", when its own time was over"
                : " at the latest: its cache's ttl is " + Figures.millis(gone.ttlMillis()));
      case RAN_OUT_OR_INVALIDATED ->
        "it ran out at " + Figures.time(gone.atMillis(), now)
            + " at the latest, or was invalidated before: nodes do not remember that far back";
      case INVALIDATED ->
        "it was invalidated at " + Figures.time(gone.atMillis(), now)
            + " and has not been asked for since";
      case DROPPED ->
        "it was neither invalidated nor is its time over: it was dropped for room, or lost with a"
            + " tier or a process";
    };
  }

  private static String few(List<String> all) {
    return all.size() <= MOST_TAGS
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, MOST_TAGS)) + " and "
            + Figures.count(all.size() - MOST_TAGS) + " more (-o json has all)";
  }

  /** Beside an L2 that answers, the database tier's copy is of no use, nor missed. */
  private static String asked(Copy copy, Explanation it) {
    boolean hasL2 = it.copies().stream()
        .anyMatch(each -> each.tier().equals("L2") && each.state() != State.UNREACHABLE);
    return hasL2 && copy.tier().equals("DATABASE")
        ? "; it is asked and filled only while L2 does not answer"
        : "";
  }

  private static boolean isEntry(Copy copy) {
    return copy.state() == State.FRESH
        || copy.state() == State.STALE
        || copy.state() == State.ABSENCE;
  }

  private static String place(Copy copy) {
    if (!copy.node().isEmpty()) {
      return copy.tier() + " of " + copy.node();
    }
    return copy.store().isEmpty() ? copy.tier() : copy.tier() + " (" + copy.store() + ")";
  }

  private static String copy(Copy copy, @Nullable Copy shared) {
    String state = switch (copy.state()) {
      case FRESH ->
        copy.freshMillis() == 0
            ? "fresh"
            : "fresh for " + Figures.millis(copy.freshMillis()) + " more";
      case STALE -> "stale for " + Figures.millis(Math.abs(copy.freshMillis())) + ", still valid";
      case INVALID -> "holds an entry that is not valid any more, so it is never served";
      case UNPROVED ->
        "holds an entry that nothing proves to be valid any more, so it is never served";
      case ABSENCE -> "remembers that the source has nothing";
      case LOADING -> "holds a placeholder: somebody loads it now";
      case ABSENT -> "does not have it";
      case UNREADABLE -> "holds bytes that are no entry of this key";
      case UNREACHABLE -> "did not answer";
    };
    return isEntry(copy) ? state + version(copy, shared) : state;
  }

  private static String version(Copy copy, @Nullable Copy shared) {
    if (shared == null
        || copy.equals(shared)
        || copy.asOf().isEmpty()
        || shared.asOf().isEmpty()) {
      return copy.asOf().isEmpty() ? "" : ", as of " + copy.asOf();
    }
    return copy.asOf().equals(shared.asOf()) ? ", same version" : ", as of " + copy.asOf();
  }

  /** Tags of all copies with the position that each was invalidated at last. */
  private static Map<String, String> tags(Explanation it) {
    Map<String, String> tags = new LinkedHashMap<>();
    // A node follows all logs, a shared tier knows its own.
    it.copies().stream()
        .sorted(Comparator.comparing(copy -> copy.node().isEmpty()))
        .flatMap(copy -> copy.tags().stream())
        .forEach(tag ->
            tags.merge(tag.tag(), tag.position(), (one, other) -> one.isEmpty() ? other : one));
    return tags;
  }
}
