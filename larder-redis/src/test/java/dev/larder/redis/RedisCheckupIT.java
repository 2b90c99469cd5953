package dev.larder.redis;

import static dev.larder.redis.Stores.PATIENT;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCheckupIT {

  private EmbeddedRedis redis;

  @AfterEach
  void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  private List<Finding> checkup(String uri) {
    try (RedisStore store = Stores.open(uri, "app", PATIENT)) {
      return get(store.checkup());
    }
  }

  private static Finding about(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(finding -> finding.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing about " + subject + " in " + findings));
  }

  private String as(String... rights) {
    String[] all = Stream.concat(
            Stream.of(
                "ACL",
                "SETUSER",
                "app",
                "on",
                ">secret",
                "resetkeys",
                "~app:*",
                "~{larder:app}:*",
                "+@read",
                "+@write",
                "+@scripting",
                "+@connection",
                "+time"),
            Stream.of(rights))
        .toArray(String[]::new);
    redis.command(all);
    return "redis://app:secret@127.0.0.1:" + redis.port();
  }

  @Test
  void healthyServer_hasNothingToMend() {
    redis = EmbeddedRedis.start("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
    try (RedisStore store = Stores.open(redis, "app")) {
      get(store.log().openEpoch(null, 0, 7, nonce()));
      List<Finding> findings = get(store.checkup());
      assertThat(findings)
          .extracting(Finding::subject)
          .containsExactly("latency", "version", "memory", "rights", "clock", "log");
      assertThat(findings)
          .filteredOn(finding -> !finding.subject().equals("latency"))
          .allSatisfy(finding -> {
            assertThat(finding.level()).describedAs(finding.toString()).isEqualTo(Level.OK);
            assertThat(finding.mend()).isEmpty();
          });
      assertThat(about(findings, "version").found()).contains(redis.version());
      assertThat(about(findings, "memory").found()).contains("of 100.0 MiB", "volatile-ttl");
      assertThat(about(findings, "log").found()).contains("1 records");
      assertThat(get(store.board().notes("checkup"))).isEmpty();
    }
    assertThat(redis.command("EXISTS", "app:larder-checkup", "{larder:app}:probe"))
        .contains("0");
  }

  @Test
  void evictionOfAllKeys_isAWarning() {
    redis = EmbeddedRedis.start("--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru");
    Finding memory = about(checkup(redis.uri()), "memory");
    assertThat(memory.level()).isEqualTo(Level.WARNING);
    assertThat(memory.found()).contains("allkeys-lru");
    assertThat(memory.mend()).contains("volatile-ttl");
  }

  @Test
  void noLimit_isANote() {
    redis = EmbeddedRedis.start();
    Finding memory = about(checkup(redis.uri()), "memory");
    assertThat(memory.level()).isEqualTo(Level.NOTE);
    assertThat(memory.mend()).contains("maxmemory");
  }

  @Test
  void emptyLog_isANoteWithThePrefix() {
    redis = EmbeddedRedis.start();
    Finding log = about(checkup(redis.uri()), "log");
    assertThat(log.level()).isEqualTo(Level.NOTE);
    assertThat(log.found()).contains("app");
  }

  @Test
  void documentedRights_areEnough() {
    redis = EmbeddedRedis.start();
    List<Finding> findings = checkup(as("-@dangerous"));
    assertThat(about(findings, "rights").level()).isEqualTo(Level.OK);
    // INFO is dangerous by the server's word.
    assertThat(about(findings, "version").level()).isEqualTo(Level.NOTE);
    assertThat(about(findings, "memory").level()).isEqualTo(Level.NOTE);
    assertThat(about(findings, "clock").level()).isEqualTo(Level.OK);
  }

  @Test
  void missingRights_areNamed() {
    redis = EmbeddedRedis.start();
    Finding rights = about(checkup(as("-xadd", "-getrange", "-hset")), "rights");
    assertThat(rights.level()).isEqualTo(Level.FAULT);
    assertThat(rights.found())
        .contains("XADD", "GETRANGE", "pin.lua")
        .doesNotContain("XREAD", "UNLINK");
    assertThat(rights.mend()).contains("ACL SETUSER", "~app:*", "~{larder:app}:*");
  }

  @Test
  void missingKeyPattern_isNamed() {
    redis = EmbeddedRedis.start();
    Finding rights = about(checkup(as("resetkeys", "~{larder:app}:*")), "rights");
    assertThat(rights.level()).isEqualTo(Level.FAULT);
    assertThat(rights.found()).contains("GET app:*").doesNotContain("GET {larder:app}:*");
  }

  @Test
  void timeRefused_isNamed_andTheRestIsTold() {
    redis = EmbeddedRedis.start();
    List<Finding> findings = checkup(as("-time"));
    assertThat(about(findings, "rights").found()).contains("TIME");
    assertThat(findings).noneMatch(finding -> finding.subject().equals("clock"));
    assertThat(about(findings, "log").level()).isEqualTo(Level.NOTE);
  }

  @Test
  void longLog_isAWarning() {
    redis = EmbeddedRedis.start();
    StoreSettings few = new StoreSettings("app", PATIENT, 10, 1_000);
    try (RedisStore keepsMany = Stores.open(redis, "app");
        RedisStore keepsFew =
            RedisStore.builder().uri(redis.uri()).settings(few).build()) {
      get(keepsMany.log().openEpoch(null, 0, 7, nonce()));
      for (int i = 0; i < 1_500; i++) {
        get(keepsMany.log().append(change(Target.tag("x")), Duration.ofHours(1)));
      }
      assertThat(about(get(keepsMany.checkup()), "log").level()).isEqualTo(Level.OK);
      Finding log = about(get(keepsFew.checkup()), "log");
      assertThat(log.level()).isEqualTo(Level.WARNING);
      assertThat(log.found()).contains("1501", "10 are");
    }
  }

  @Test
  void nobodyThere_isAFindingWithoutSecrets() {
    redis = EmbeddedRedis.start();
    int port = redis.port();
    redis.kill();
    List<Finding> findings = checkup("redis://app:secret@127.0.0.1:" + port);
    assertThat(findings).singleElement().satisfies(finding -> {
      assertThat(finding.subject()).isEqualTo("connection");
      assertThat(finding.level()).isEqualTo(Level.FAULT);
      assertThat(finding.toString()).doesNotContain("secret");
    });
  }

  @Test
  void oldServer_isAFault() {
    Finding version = about(RedisCheckup.version("redis_version:6.0.16\r\n"), "version");
    assertThat(version.level()).isEqualTo(Level.FAULT);
    assertThat(version.mend()).contains("6.2");
    for (String fine : List.of("6.2.0", "7.0.15", "10.0.0")) {
      assertThat(about(RedisCheckup.version("redis_version:" + fine + "\r\n"), "version")
              .level())
          .isEqualTo(Level.OK);
    }
    assertThat(about(
                RedisCheckup.version("redis_version:7.2.4\r\nvalkey_version:8.1.0\r\n"), "version")
            .found())
        .isEqualTo("Valkey 8.1.0");
  }

  @Test
  void nearlyFull_isAWarning() {
    String info = "used_memory:95\r\nmaxmemory:100\r\nmaxmemory_policy:noeviction\r\n";
    assertThat(about(RedisCheckup.memory(info), "memory").level()).isEqualTo(Level.WARNING);
    assertThat(about(RedisCheckup.memory(info.replace("95", "50")), "memory").level())
        .isEqualTo(Level.OK);
  }
}
