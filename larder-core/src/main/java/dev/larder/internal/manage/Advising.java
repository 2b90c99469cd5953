package dev.larder.internal.manage;

import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.advise.Outcome;
import dev.larder.internal.advise.Question;
import dev.larder.internal.advise.SampledAdvice;
import dev.larder.internal.advise.Sampler;
import dev.larder.internal.advise.TrafficSums;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks all nodes what they have seen of their traffic, and puts that together. Blocks. */
final class Advising {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final LocalManagement management;

  Advising(LocalManagement management) {
    this.management = management;
  }

  AdviceReport advise() {
    List<String> silent = new ArrayList<>();
    List<CacheTraffic> seen = ask("advise", "", "", silent);
    List<AdviceReport.Sample> samples = seen.stream()
        .map(each -> new AdviceReport.Sample(
            each.cache(), each.reads(), each.windowMillis(), SampledAdvice.lacking(each)))
        .sorted(Comparator.comparing(AdviceReport.Sample::cache))
        .toList();
    return new AdviceReport(Advisor.advise(management.overview(), seen), samples, silent);
  }

  private List<CacheTraffic> ask(
      String kind, String subject, String argument, List<String> silent) {
    List<CacheTraffic> seen = new ArrayList<>();
    Ask ask = new Ask(LocalManagement.newId(), "", kind, subject, argument, List.of());
    for (Answer answer : management.everyone(ask, silent)) {
      seen.addAll(answer.traffic());
    }
    return TrafficSums.byCache(seen);
  }

  Simulation simulate(String cache, @Nullable Duration ttl, @Nullable Long l1MaxEntries) {
    KeyCount.requireKnown(cache, management.cacheNames());
    require(ttl != null || l1MaxEntries != null, "neither a ttl nor a size of L1 is given");
    require(
        ttl == null || (ttl.toMillis() >= 1 && ttl.compareTo(LONGEST) <= 0),
        "ttl: " + ttl + " is not 1 ms to 366 days");
    require(
        l1MaxEntries == null || l1MaxEntries >= 1,
        "size: " + l1MaxEntries + " is not 1 or more entries");
    Question question =
        new Question(ttl == null ? 0 : ttl.toMillis(), l1MaxEntries == null ? 0 : l1MaxEntries);
    List<String> silent = new ArrayList<>();
    List<CacheTraffic> seen = ask("simulate", cache, question.text(), silent);
    if (seen.isEmpty() || seen.get(0).others().isEmpty()) {
      throw new ManagementException(
          Reason.UNREACHABLE, "no node has told what it has seen of cache " + cache);
    }
    CacheTraffic traffic = seen.get(0);
    Duration finest = Sampler.finest(Duration.ofMillis(traffic.terms().ttlMillis()));
    require(
        ttl == null || ttl.compareTo(finest) >= 0,
        "ttl: " + ttl + " is shorter than " + finest + ", the least that the sample can tell");
    require(
        l1MaxEntries == null || traffic.terms().l1MaxEntries() > 0,
        "size: the room in L1 of cache " + cache + " is not counted in entries");
    return new Simulation(
        cache,
        figures(traffic.now()),
        figures(traffic.others().get(0)),
        traffic.replayedHitRate(),
        traffic.reads(),
        traffic.share(),
        traffic.windowMillis(),
        traffic.nodes(),
        silent);
  }

  private static void require(boolean isRight, String otherwise) {
    if (!isRight) {
      throw new ManagementException(Reason.WRONG_QUESTION, otherwise);
    }
  }

  private static Simulation.Figures figures(Outcome outcome) {
    return new Simulation.Figures(
        outcome.ttlMillis(),
        outcome.l1MaxEntries(),
        outcome.hitRate(),
        outcome.l1HitRate(),
        Math.round(outcome.entries()),
        Math.round(outcome.bytes()));
  }
}
