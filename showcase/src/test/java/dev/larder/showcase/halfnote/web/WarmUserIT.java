package dev.larder.showcase.halfnote.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.halfnote.LiveHalfnote;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Warming a user: after it nothing that this user sees first takes a statement. */
class WarmUserIT {
  private static final String API = "/halfnote/api";

  private static final LiveHalfnote halfnote = LiveHalfnote.shared();

  private static Reply send(long user, String method, String path, String body) {
    Reply reply = halfnote.user(user).json(method, API + path, body.replace('\'', '"'));
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isIn(200, 201);
    return reply;
  }

  @Test
  void warmedUser_seesAllThatComesFirst_withoutAStatement() {
    long user = halfnote.newUser("early");
    long friend = halfnote.newUser("friend");
    send(user, "PUT", "/users/" + friend + "/follow", "");
    send(friend, "POST", "/reviews", "{'albumId':5,'rating':7,'text':'Of a friend'}");
    send(user, "POST", "/reviews", "{'albumId':6,'rating':4,'text':'Own'}");
    send(user, "POST", "/lists", "{'title':'Own','isPublic':false}");
    long review = halfnote.number("SELECT max(id) FROM halfnote.reviews WHERE user_id = ?", user);
    send(friend, "PUT", "/reviews/" + review + "/like", "");
    String own = "/users/" + user;

    Reply warmed = send(user, "POST", own + "/warm", "");
    assertThat(warmed.json().path("warmed").asLong()).isEqualTo(user);
    assertThat(warmed.statements()).isPositive();
    assertThat(warmed.header("X-Cache")).contains("feed=load", "profile=load");

    Caller caller = halfnote.user(user);
    List<String> first = List.of(
        own + "/feed?kind=friends",
        own + "/feed?kind=you",
        own + "/feed?kind=incoming",
        own + "/reviews",
        own + "/lists",
        own);
    for (String path : first) {
      Reply reply = caller.get(API + path);
      assertThat(reply.statements()).as(path).isZero();
      assertThat(reply.header("X-Cache")).as(path).contains("=L1").doesNotContain("load");
    }
    assertThat(caller.get(API + own + "/feed?kind=friends").body()).contains("Of a friend");
    assertThat(caller.get(API + own + "/feed?kind=incoming").body()).contains("LIKE");
    assertThat(send(user, "POST", own + "/warm", "").statements()).isZero();
  }
}
