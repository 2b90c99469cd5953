package dev.larder.redis;

import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a server for what will not work or will hurt. Every command is one that changes nothing,
 * save a note that lives for a moment. Of a cluster, what concerns a whole server is asked of one node.
 */
final class RedisCheckup {

  private static final int ROUND_TRIPS = 5;
  private static final int OLDEST_MAJOR = 6;
  private static final int OLDEST_MINOR = 2;
  private static final double NEARLY_FULL = 0.9;
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final String NO_PERMISSION = "NOPERM";

  private final RedisLink link;
  private final RedisLog.Keys keys;
  private final RedisBoard board;
  private final String keyPrefix;
  private final int retainedRecords;

  RedisCheckup(
      RedisLink link, RedisLog.Keys keys, RedisBoard board, String keyPrefix, int retainedRecords) {
    this.link = link;
    this.keys = keys;
    this.board = board;
    this.keyPrefix = keyPrefix;
    this.retainedRecords = retainedRecords;
  }

  /** The findings, or one: that the server does not answer. */
  CompletionStage<List<Finding>> run() {
    List<Finding> findings = new ArrayList<>();
    return latency(List.of())
        .thenAccept(findings::add)
        .thenCompose(done -> info("server", RedisCheckup::version))
        .thenAccept(findings::addAll)
        .thenCompose(done -> info("memory", RedisCheckup::memory))
        .thenAccept(findings::addAll)
        .thenCompose(done -> rights())
        .thenAccept(findings::add)
        .thenCompose(done -> ifAllowed(clock()))
        .thenAccept(findings::addAll)
        .thenCompose(done -> ifAllowed(logLength()))
        .thenAccept(findings::addAll)
        .handle((done, failure) -> {
          if (failure != null) {
            findings.add(Finding.silent("the server", failure));
          }
          return List.copyOf(findings);
        });
  }

  private CompletionStage<Finding> latency(List<Long> before) {
    long from = System.nanoTime();
    return link.<String, Long>call(
            connection -> connection.commands().ping(), answer -> System.nanoTime() - from)
        .thenCompose(nanos -> {
          List<Long> all = new ArrayList<>(before);
          all.add(nanos);
          if (all.size() < ROUND_TRIPS) {
            return latency(all);
          }
          all.sort(null);
          return CompletableFuture.completedFuture(
              Finding.latency(Duration.ofNanos(all.get(ROUND_TRIPS / 2))));
        });
  }

  private interface Judge {
    List<Finding> of(String info);
  }

  private CompletionStage<List<Finding>> info(String section, Judge judge) {
    return link.call(connection -> connection.commands().info(section), judge::of)
        .exceptionallyCompose(failure -> isRefusal(failure)
            ? CompletableFuture.completedFuture(List.of(new Finding(
                section.equals("server") ? "version" : section,
                Level.NOTE,
                "this user may not ask for it",
                "grant +info for the time of a checkup")))
            : CompletableFuture.failedFuture(failure));
  }

  /** Leaves out what may not be asked; the rights tell of it. */
  private static CompletionStage<List<Finding>> ifAllowed(CompletionStage<Finding> finding) {
    return finding
        .<List<Finding>>thenApply(List::of)
        .exceptionallyCompose(failure -> isRefusal(failure)
            ? CompletableFuture.completedFuture(List.of())
            : CompletableFuture.failedFuture(failure));
  }

  static List<Finding> version(String info) {
    String version = RedisStore.field(info, "redis_version");
    String valkey = RedisStore.field(info, "valkey_version");
    Matcher parts = VERSION.matcher(String.valueOf(version));
    if (!parts.matches()) {
      return List.of(new Finding(
          "version", Level.NOTE, "the server does not tell its version", "use 6.2 or later"));
    }
    String found = valkey == null ? "Redis " + version : "Valkey " + valkey;
    int major = Integer.parseInt(parts.group(1));
    boolean isTooOld = major < OLDEST_MAJOR
        || (major == OLDEST_MAJOR && Integer.parseInt(parts.group(2)) < OLDEST_MINOR);
    return List.of(
        isTooOld
            ? new Finding("version", Level.FAULT, found, "6.2 or later is needed")
            : Finding.ok("version", found));
  }

  static List<Finding> memory(String info) {
    String limit = RedisStore.field(info, "maxmemory");
    String used = RedisStore.field(info, "used_memory");
    String policy = RedisStore.field(info, "maxmemory_policy");
    List<Finding> findings = new ArrayList<>();
    RedisStore.evictionWarnings(info)
        .forEach(warning -> findings.add(new Finding(
            "memory",
            Level.WARNING,
            warning,
            "CONFIG SET maxmemory-policy volatile-ttl, and the same in redis.conf")));
    if (limit == null || used == null) {
      return findings;
    }
    if (limit.equals("0")) {
      findings.add(
          new Finding(
              "memory",
              Level.NOTE,
              mebibytes(used)
                  + " in use, and maxmemory is not set: it may take all of the machine's",
              "CONFIG SET maxmemory to what the machine can spare, with maxmemory-policy volatile-ttl"));
      return findings;
    }
    String found = mebibytes(used) + " of " + mebibytes(limit) + " in use, policy " + policy;
    boolean isNearlyFull = Long.parseLong(used) >= NEARLY_FULL * Long.parseLong(limit);
    if (isNearlyFull && "noeviction".equals(policy)) {
      findings.add(new Finding(
          "memory",
          Level.WARNING,
          found + ": when it is full nothing is stored and invalidations wait",
          "raise maxmemory, or CONFIG SET maxmemory-policy volatile-ttl"));
    } else if (findings.isEmpty()) {
      findings.add(Finding.ok("memory", found));
    }
    return findings;
  }

  private CompletionStage<Finding> rights() {
    return link.call(connection -> refused(connection.commands()), names -> names)
        .thenCompose(refused -> note().thenApply(pinned -> {
          TreeSet<String> all = new TreeSet<>(refused);
          if (!pinned) {
            all.add("pin.lua");
          }
          return all.isEmpty()
              ? Finding.ok("rights", "all commands that are needed are allowed")
              : new Finding(
                  "rights",
                  Level.FAULT,
                  "this user may not: " + String.join(", ", all),
                  "ACL SETUSER with +@read +@write +@scripting +@connection +time ~" + keyPrefix
                      + ":* ~" + keys.tag() + ":*");
        }));
  }

  /** Whether the script that pins notes may do all that it does. */
  private CompletionStage<Boolean> note() {
    return board
        .pin("checkup", "checkup", new byte[0], Duration.ofMillis(1))
        .thenCompose(done -> board.notes("checkup"))
        .thenApply(notes -> true)
        .exceptionallyCompose(failure -> isRefusal(failure)
            ? CompletableFuture.completedFuture(false)
            : CompletableFuture.failedFuture(failure));
  }

  /** Each command in a form that does nothing, on a key that is not there. */
  private CompletionStage<List<String>> refused(
      RedisClusterAsyncCommands<String, byte[]> commands) {
    Map<String, Supplier<CompletionStage<?>>> needed = new LinkedHashMap<>();
    byte[] nothing = {};
    String script = "return 1";
    for (String key : List.of(keyPrefix + ":larder-checkup", keys.probe())) {
      String where = key.equals(keys.probe()) ? " " + keys.tag() + ":*" : " " + keyPrefix + ":*";
      needed.put("GET" + where, () -> commands.get(key));
      needed.put("MGET" + where, () -> commands.mget(key));
      needed.put(
          "SET" + where, () -> commands.set(key, nothing, SetArgs.Builder.xx().px(1)));
      needed.put("UNLINK" + where, () -> commands.unlink(key));
      needed.put("PTTL" + where, () -> commands.pttl(key));
      needed.put("PEXPIRE" + where, () -> commands.pexpire(key, 1));
      needed.put(
          "EVAL" + where,
          () -> commands.eval(script, ScriptOutputType.INTEGER, new String[] {key}));
    }
    String slot = keyPrefix + ":larder-checkup";
    needed.put("GETRANGE", () -> commands.getrange(slot, 0, 1));
    needed.put("STRLEN", () -> commands.strlen(slot));
    needed.put(
        "EVALSHA",
        () -> commands.evalsha(
            Script.TAIL.sha(), ScriptOutputType.MULTI, new String[] {keys.log(), keys.probe()}));
    String stream = keys.probe();
    needed.put(
        "XADD",
        () -> commands.xadd(stream, new XAddArgs().nomkstream().id("1-1"), Map.of("n", nothing)));
    needed.put("XRANGE", () -> commands.xrange(stream, Range.unbounded(), Limit.from(1)));
    needed.put("XREVRANGE", () -> commands.xrevrange(stream, Range.unbounded(), Limit.from(1)));
    needed.put("XREAD", () -> xread(commands, stream));
    needed.put("XLEN", () -> commands.xlen(stream));
    needed.put("HDEL", () -> commands.hdel(stream, "none"));
    needed.put("TIME", commands::time);
    needed.put("SCAN", () -> commands.scan(ScanArgs.Builder.limit(1)));

    List<CompletableFuture<@Nullable String>> answers = new ArrayList<>();
    needed.forEach((name, command) -> answers.add(command
        .get()
        .<@Nullable String>handle(
            (answer, failure) -> failure != null && isRefusal(failure) ? name : null)
        .toCompletableFuture()));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).thenApply(done -> {
      List<String> refused = new ArrayList<>();
      for (CompletableFuture<@Nullable String> answer : answers) {
        String name = answer.join();
        if (name != null) {
          refused.add(name);
        }
      }
      return refused;
    });
  }

  @SuppressWarnings("unchecked") // one stream, in an array that Lettuce only reads
  private static CompletionStage<?> xread(
      RedisClusterAsyncCommands<String, byte[]> commands, String stream) {
    return commands.xread(XReadArgs.Builder.count(1), XReadArgs.StreamOffset.from(stream, "0-0"));
  }

  private CompletionStage<Finding> clock() {
    long from = System.nanoTime();
    long sent = System.currentTimeMillis();
    return link.call(connection -> connection.commands().time(), time -> {
      Duration uncertainty = Duration.ofNanos((System.nanoTime() - from) / 2);
      long server =
          Long.parseLong(text(time.get(0))) * 1_000 + Long.parseLong(text(time.get(1))) / 1_000;
      return Finding.clock(
          Duration.ofMillis(server - sent).minus(uncertainty), uncertainty.plusMillis(1));
    });
  }

  private CompletionStage<Finding> logLength() {
    return link.call(connection -> connection.commands().xlen(keys.log()), length -> {
      String found = "the log has " + length + " records, " + retainedRecords + " are to be kept";
      if (length == 0) {
        return new Finding(
            "log",
            Level.NOTE,
            keys.log() + " is empty: no node has run with the prefix " + keyPrefix,
            "see that the prefix is the application's, unless it is new");
      }
      // Trimming leaves whole blocks.
      return length <= 2L * retainedRecords + 1_000
          ? Finding.ok("log", found)
          : new Finding(
              "log",
              Level.WARNING,
              found + ": another process keeps more",
              "configure the same retained records in all processes");
    });
  }

  private static boolean isRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof RedisCommandExecutionException
          && (message.startsWith(NO_PERMISSION)
              || message.toLowerCase(Locale.ROOT).contains("acl failure in script")
              || message.contains("can't run this command"))) {
        return true;
      }
    }
    return false;
  }

  private static String mebibytes(String bytes) {
    return "%.1f MiB".formatted(Long.parseLong(bytes) / 1_048_576.0);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
