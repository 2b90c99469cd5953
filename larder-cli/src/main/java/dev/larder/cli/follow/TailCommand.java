package dev.larder.cli.follow;

import dev.larder.cli.base.OperatorCommand;
import dev.larder.cli.base.Session;
import dev.larder.cli.base.Times;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.exit.Nearest;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Table;
import dev.larder.manage.Event;
import dev.larder.manage.Management.Subscription;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code larder tail}: what happens, as it happens. */
@Command(
    name = "tail",
    header = "Prints what happens, as it happens, until Ctrl-C.",
    description = {
      "",
      "What happened at a time: --since 14:02 --until 14:10, or --since 10m; with --until it ends.",
      "",
      "Kinds of events: invalidation, load, load-failed, refused, miss, circuit, link, switch,"
          + " warm-up, action, stale-found, node (one began), minute (what a node's traffic came to in"
          + " it). With -o json each line is an object, as with ndjson."
    })
public final class TailCommand extends OperatorCommand {

  /** Events that wait to be printed; a reader slower than this loses some, and is told. */
  private static final int MOST_WAITING = 10_000;

  /** Most earlier events that are asked for. */
  private static final int MOST_KEPT = 5_000;

  /** How many of these it begins with. */
  private static final int LAST = 10;

  /** Of a time: more than a node keeps. */
  private static final int MOST_OF_A_TIME = 20_000;

  @Option(
      names = "--events",
      paramLabel = "KIND",
      split = ",",
      description = "Only events of these kinds, parted by commas. Default: all.")
  private List<String> kinds = List.of();

  @Option(names = "--cache", paramLabel = "CACHE", description = "Only events of this cache.")
  private String cache = "";

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Begins with the last N of what is kept, or of the time that is asked for, 0 to"
          + " 5000. Default: 10; of a time all.")
  private @Nullable Integer last;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Begins with all that is kept from then on: a time of day, 14:02 or 14:02:30, or how"
              + " long ago, 10m.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Ends with what happened before that, written as for --since.")
  private @Nullable String until;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Ends after N events. Default: never.")
  private int limit;

  private static final Set<Event.Kind> TRAFFIC = EnumSet.of(
      Event.Kind.INVALIDATION,
      Event.Kind.LOAD,
      Event.Kind.LOAD_FAILED,
      Event.Kind.REFUSED,
      Event.Kind.MISS);

  private long from;
  private long to = Long.MAX_VALUE;
  private Set<Event.Kind> wanted = EnumSet.allOf(Event.Kind.class);

  /** For picocli. */
  public TailCommand() {}

  @Override
  protected void check() {
    if (last != null && (last < 0 || last > MOST_KEPT)) {
      throw Fault.usage("--last is " + last + ", must be 0 to " + MOST_KEPT, "");
    }
    long now = System.currentTimeMillis();
    from = since == null ? 0 : Times.moment("--since", since, now);
    to = until == null ? Long.MAX_VALUE : Times.momentAfter(from, "--until", until, now);
    if (from >= to) {
      throw Fault.usage("--since is " + since + ", must be before --until, " + until, "");
    }
    if (!kinds.isEmpty()) {
      wanted = EnumSet.noneOf(Event.Kind.class);
      kinds.forEach(it -> wanted.add(kind(it)));
    }
  }

  private static Event.Kind kind(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    List<String> known = Stream.of(Event.Kind.values()).map(EventTable::name).toList();
    return Stream.of(Event.Kind.values())
        .filter(it -> EventTable.name(it).equals(wanted))
        .findFirst()
        .orElseThrow(() -> Fault.usage(
            "--events is " + name + ", must be of " + String.join(", ", known),
            Nearest.to(wanted, known).map(it -> "did you mean " + it + "?").orElse("")));
  }

  @Override
  protected ExitCode run(Session session) {
    BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    Subscription subscription = session.management().listen(waiting::offer);
    try {
      int printed = 0;
      boolean isOfATime = since != null || until != null;
      List<Event> earlier = session.management().events(0, isOfATime ? MOST_OF_A_TIME : MOST_KEPT);
      tellWhatIsKept(session, earlier);
      // What fits none of the kinds does not count as one of the last.
      List<Event> kept = earlier.stream()
          .filter(this::isWanted)
          // What a minute came to is told when it is over.
          .sorted(Comparator.comparingLong(Event::atMillis))
          .toList();
      int most = last != null ? last : isOfATime ? kept.size() : LAST;
      for (Event event : kept.subList(Math.max(0, kept.size() - most), kept.size())) {
        print(session, event);
        printed++;
        if (printed == limit) {
          return ExitCode.OK;
        }
      }
      if (until != null) {
        if (printed == 0) {
          session.say("Nothing like that is kept of that time.");
        }
        return ExitCode.OK;
      }
      return follow(session, waiting, new HashSet<>(earlier), printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      subscription.close();
    }
  }

  /** Of traffic less is kept than of what is seldom: silence would look like calm. */
  private void tellWhatIsKept(Session session, List<Event> earlier) {
    earlier.stream()
        .filter(it -> TRAFFIC.contains(it.kind()))
        .mapToLong(Event::atMillis)
        .min()
        .ifPresent(first -> {
          if (from > 0 && first > from && wanted.stream().anyMatch(TRAFFIC::contains)) {
            session.say("Invalidations, loads and misses are kept since "
                + Figures.time(first, System.currentTimeMillis())
                + " only, of misses at most five a second; what each minute came to, circuits, links,"
                + " switches, warm-ups and actions for longer.");
          }
        });
  }

  private ExitCode follow(
      Session session, BlockingQueue<Event> waiting, Set<Event> earlier, int before)
      throws InterruptedException {
    int printed = before;
    boolean hasLost = false;
    while (true) {
      Event event = waiting.poll(1, TimeUnit.SECONDS);
      if (session.printer().isBroken()) {
        return ExitCode.OK;
      }
      if (event == null) {
        hasLost = false;
        continue;
      }
      if (waiting.remainingCapacity() == 0 && !hasLost) {
        hasLost = true;
        session.say("Events come faster than they can be printed; some are left out.");
      }
      // A stream may begin with what was read here already. Ids do not tell: they begin anew when
      // the application does.
      if (!earlier.remove(event) && isWanted(event)) {
        print(session, event);
        printed++;
        if (printed == limit) {
          return ExitCode.OK;
        }
      }
    }
  }

  private boolean isWanted(Event event) {
    return wanted.contains(event.kind())
        && (cache.isEmpty() || event.cache().equals(cache))
        && event.atMillis() >= from
        && event.atMillis() < to;
  }

  private static void print(Session session, Event event) {
    Table table = EventTable.table();
    EventTable.add(table, event);
    session
        .printer()
        .printPart(Answer.of("events", List.of(event), table)
            .shownAs(List.of(EventTable.line("", event, System.currentTimeMillis()))));
  }
}
