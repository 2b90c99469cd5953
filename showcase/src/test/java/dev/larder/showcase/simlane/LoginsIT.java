package dev.larder.showcase.simlane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Log-ins outlive the application and Redis; what visitors see stays the same without Redis. */
class LoginsIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static LiveSystem.Servers servers;

  @BeforeAll
  static void start() {
    servers = LiveSystem.Servers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  void login_survivesARestart_andALogoutHoldsThere() {
    Visitor member;
    Visitor other;
    try (LiveSystem first = LiveSystem.on(servers, SimLaneApplication.class, Map.of())) {
      member = Visitor.loggedIn(first.anybody(), "member");
      other = Visitor.loggedIn(first.anybody(), "manager");
      assertThat(other.post("/logout", "").status()).isEqualTo(302);
    }
    try (LiveSystem second = LiveSystem.on(servers, SimLaneApplication.class, Map.of())) {
      Visitor again = member.at(second.anybody());
      assertThat(again.get("/clubs/1").body()).contains("data-role>Member<");
      assertThat(other.at(second.anybody()).get("/clubs/1").status()).isEqualTo(302);
      assertThat(lifeOfASession()).isBetween(Duration.ofDays(13), Duration.ofDays(14));
      redisDies(second, again);
    }
  }

  /** Of whoever is logged in; idle time counts from the last use. */
  private static Duration lifeOfASession() {
    return servers
        .jdbc()
        .sql("SELECT max(expires_at) FROM larder.session")
        .query((row, i) -> Duration.ofMillis(row.getLong(1) - System.currentTimeMillis()))
        .single();
  }

  /** In the middle of a visit: the same pages, writes are seen, nobody is logged out. */
  private static void redisDies(LiveSystem live, Visitor member) {
    Visitor anybody = Visitor.of(live.anybody());
    String club = asShown(member.get("/clubs/2"));
    String list = anybody.get("/profiles").body();
    servers.redis().kill();
    for (int i = 0; i < 3; i++) {
      assertThat(asShown(member.get("/clubs/2"))).isEqualTo(club);
      assertThat(anybody.get("/profiles").body()).isEqualTo(list);
    }
    Larder larder = live.part(Larder.class);
    // A circuit opens by calls; entries in the process make none.
    Iterator<Integer> profiles = Stream.iterate(4, i -> i + 4).iterator();
    await().atMost(LIMIT).until(() -> {
      anybody.get("/profiles/gridline/p" + profiles.next());
      return larder.tiers().stream()
          .anyMatch(tier -> tier.tier() == CacheTier.L2 && tier.isDegraded());
    });
    assertThat(asShown(member.get("/clubs/2"))).isEqualTo(club);
    assertThat(member.post("/clubs/2/join", "").status()).isEqualTo(302);
    assertThat(member.get("/clubs/2").body()).contains("data-role>Member<");
    assertThat(Visitor.loggedIn(live.anybody(), "manager").get("/clubs/1").status())
        .isEqualTo(200);

    servers.redis().startAgain();
    await()
        .atMost(LIMIT)
        .until(() -> larder.tiers().stream()
            .noneMatch(tier -> tier.tier() == CacheTier.L2 && tier.isDegraded()));
    assertThat(member.get("/clubs/2").body()).contains("data-role>Member<");
    assertThat(member.post("/clubs/2/leave", "").status()).isEqualTo(302);
    assertThat(member.get("/clubs/2").body()).contains("data-role>Visitor<");
  }

  /** Without the cost, and the token, which is written differently each time. */
  private static String asShown(Reply page) {
    assertThat(page.status()).isEqualTo(200);
    String body = page.body().replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "");
    return body.substring(0, body.indexOf("<footer"));
  }
}
