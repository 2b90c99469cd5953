package dev.larder.showcase.simlane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimLaneIT {
  private static LiveSystem live;

  @BeforeAll
  static void start() {
    live = LiveSystem.start(SimLaneApplication.class, LiveSystem.PATIENT);
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void look() {
    Visitor anybody = Visitor.of(live.anybody());
    for (String path : new String[] {
      "/",
      "/about",
      "/profiles",
      "/profiles/apexpro/p1",
      "/search?q=m",
      "/login",
      "/clubs",
      "/clubs/1",
      "/api/clubs",
      "/api/clubs/1",
      "/api/clubs/1/teams",
      "/api/events/1",
      "/api/profiles",
      "/api/search?q=m",
      "/api/admin/caches"
    }) {
      for (int i = 0; i < 2; i++) {
        Reply reply = anybody.get(path);
        System.out.println(path + " " + reply.status() + " " + reply.headers().map());
        if (reply.status() >= 400 || i == 1)
          System.out.println(
              reply.body().substring(0, Math.min(3500, reply.body().length())));
      }
    }
    Visitor manager = Visitor.loggedIn(live.anybody(), "manager");
    for (String path : new String[] {
      "/clubs/1", "/clubs/1", "/clubs/1/manage", "/events/1", "/events/1", "/profiles", "/caches"
    }) {
      Reply reply = manager.get(path);
      System.out.println(path + " " + reply.status() + " " + reply.headers().map());
      System.out.println(reply.body().substring(0, Math.min(4500, reply.body().length())));
    }
    Visitor admin = Visitor.loggedIn(live.anybody(), "admin");
    Reply reply = admin.get("/caches");
    System.out.println(reply.status() + reply.body());
    assertThat(reply.status()).isEqualTo(200);
  }
}
