package dev.larder.console;

import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.NodeView;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.manage.Overview;
import dev.larder.manage.WarmUp;
import dev.larder.stats.CacheStats;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hides the parts of keys of caches that are secret, such as ids of sessions: shown is a digest, by which
 * two keys can be told apart and none be guessed that was made at random.
 */
final class Masking {

  private final Set<String> secret;
  private final @Nullable Pattern keys;

  Masking(Set<String> secretCaches) {
    this.secret = secretCaches;
    this.keys = secretCaches.isEmpty()
        ? null
        : Pattern.compile("([^\\s:,]*:\\{?(?:[a-z0-9_-]+/)?(?:"
            + secretCaches.stream().map(Pattern::quote).collect(Collectors.joining("|"))
            + ")\\}?:v\\d+:)(\\S+?)(?=,?(?:\\s|$))");
  }

  /** Whether text has a key of a secret cache in it. */
  boolean isSecret(String text) {
    return keys != null && keys.matcher(text).find();
  }

  String text(String text) {
    return keys == null
        ? text
        : keys.matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + digest(match.group(2))));
  }

  private static String digest(String parts) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
      return "hidden-" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  Event event(Event event) {
    return isSecret(event.subject()) || isSecret(event.text())
        ? new Event(
            event.id(),
            event.node(),
            event.atMillis(),
            event.kind(),
            event.cache(),
            text(event.subject()),
            text(event.text()),
            event.nanos(),
            event.count())
        : event;
  }

  WarmUp warmUp(WarmUp warmUp) {
    return new WarmUp(
        warmUp.name(),
        warmUp.schedule(),
        warmUp.state(),
        warmUp.node(),
        warmUp.total(),
        warmUp.done(),
        warmUp.found(),
        warmUp.failed(),
        warmUp.perSecond(),
        warmUp.startedMillis(),
        warmUp.endedMillis(),
        warmUp.failures().stream().map(this::text).toList(),
        warmUp.declared(),
        warmUp.loadsAnew());
  }

  Explanation explanation(Explanation all) {
    return new Explanation(
        all.slot(),
        all.cache(),
        all.copies(),
        all.ended(),
        all.loaded(),
        all.missed(),
        all.missedMillis(),
        all.gone(),
        all.endedBy(),
        all.history().stream().map(this::event).toList(),
        all.silent());
  }

  Overview overview(Overview all) {
    boolean isPlain = all.nodes().stream()
        .allMatch(node -> node.events().isEmpty()
            && node.caches().stream()
                .noneMatch(cache -> secret.contains(cache.stats().cache())));
    return isPlain
        ? all
        : new Overview(
            all.keyPrefix(),
            all.atMillis(),
            all.node(),
            all.isWhole(),
            all.nodes().stream().map(this::node).toList(),
            all.switches());
  }

  private NodeView node(NodeView node) {
    return new NodeView(
        node.id(),
        node.host(),
        node.process(),
        node.version(),
        node.startedMillis(),
        node.atMillis(),
        node.state(),
        node.waiting(),
        node.heapUsed(),
        node.heapMax(),
        node.policies(),
        node.freshness(),
        node.times(),
        node.tiers(),
        node.caches().stream().map(this::cache).toList(),
        node.events().stream().map(this::event).toList());
  }

  private CacheView cache(CacheView cache) {
    CacheStats all = cache.stats();
    if (!secret.contains(all.cache())) {
      return cache;
    }
    List<CacheStats.HotKey> keysOfIt = all.topKeys().stream()
        .map(key -> new CacheStats.HotKey(text(key.key()), key.requests()))
        .toList();
    CacheStats stats = new CacheStats(
        all.cache(),
        all.l1Hits(),
        all.l2Hits(),
        all.databaseHits(),
        all.staleHits(),
        all.misses(),
        all.waits(),
        all.loads(),
        all.loadFailures(),
        all.loadNanos(),
        all.fills(),
        all.fillsRefused(),
        all.unreadable(),
        all.tooLarge(),
        all.invalidations(),
        all.passes(),
        all.l1Size(),
        all.l1Maximum(),
        all.l1Evictions(),
        all.times(),
        keysOfIt);
    return new CacheView(stats, cache.policy(), cache.percent());
  }
}
