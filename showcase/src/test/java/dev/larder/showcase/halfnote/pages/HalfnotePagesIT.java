package dev.larder.showcase.halfnote.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.halfnote.LiveHalfnote;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser asks for them: cookie, forms, hostile text, what is not there. */
class HalfnotePagesIT {
  private static final LiveHalfnote halfnote = LiveHalfnote.shared();
  private static final Caller browser = halfnote.anybody().with("Accept", "text/html");
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

  private static final String OWN_SCRIPT =
      "<script type=\"module\" src=\"/halfnote/halfnote/live-feed.js\"></script>";

  private static String username;
  private static long user;
  private static long list;
  private static Caller me;

  @BeforeAll
  static void logIn() {
    user = halfnote.newUser("browser");
    username = halfnote
        .jdbc
        .sql("SELECT username FROM halfnote.users WHERE id = ?")
        .param(user)
        .query(String.class)
        .single();
    me = browser.with("Cookie", cookieOf(username));
    list = numberAt(me.form("/halfnote/lists", "title=Mine&isPublic=true"));
  }

  private static String cookieOf(String name) {
    Reply reply = browser.form("/halfnote/login", "username=" + name);
    assertThat(reply.status()).as(reply.body()).isEqualTo(302);
    assertThat(reply.header("Location")).endsWith("/halfnote/feed");
    String cookie = reply.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/halfnote", "Max-Age=2592000");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  /** The number at the end of the address that the browser is sent to. */
  private static long numberAt(Reply redirect) {
    assertThat(redirect.status()).as(redirect.body()).isEqualTo(302);
    return Long.parseLong(redirect.header("Location").replaceFirst(".*/", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/halfnote/login",
        "/halfnote/users/USER",
        "/halfnote/users/USER/lists",
        "/halfnote/users/USER/followers",
        "/halfnote/users/USER/following",
        "/halfnote/albums/1",
        "/halfnote/reviews/1",
        "/halfnote/lists/LIST",
        "/halfnote/search",
        "/halfnote/search?q=a",
      })
  void page_isThereForEverybody(String path) {
    String address = path.replace("USER", username).replace("LIST", Long.toString(list));
    for (Caller caller : List.of(browser, me)) {
      Reply page = caller.get(address);
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
      assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(page.header("Cache-Control")).contains("no-store");
      assertThat(page.body()).endsWith("</html>\n").contains("<html lang=\"en\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/halfnote/feed", "/halfnote/settings", "/halfnote/"})
  void ownPage_sendsStrangersToTheLogIn(String path) {
    Reply refused = browser.get(path);
    assertThat(refused.status()).isEqualTo(302);
    assertThat(refused.header("Location")).endsWith("/halfnote/login");
    assertThat(me.get(path).status()).isIn(200, 302);
    assertThat(me.get(path).header("Location")).doesNotContain("login");
  }

  @Test
  void page_saysWhatItCost() {
    me.get("/halfnote/feed");
    Reply page = me.get("/halfnote/feed");
    assertThat(page.statements()).isZero();
    assertThat(page.header("X-Cache")).contains("feed=L1");
    assertThat(page.body())
        .contains("What this page cost", "data-cost=\"statements\">0</strong>", "tier-l1");
    Reply naive = me.get("/halfnote/feed?mode=naive");
    assertThat(naive.statements()).isPositive();
    assertThat(naive.body()).contains(">" + naive.statements() + "</strong>");
  }

  @Test
  void textOfUsers_isShownAndNeverObeyed() {
    Caller hostile = browser.with("Cookie", cookieOf(newName("hostile")));
    String text = URLEncoder.encode(HOSTILE, UTF_8);
    hostile.form("/halfnote/settings", "displayName=" + cut(text) + "&bio=" + text + "&location=x");
    long review = numberAt(hostile.form("/halfnote/albums/2/reviews", "rating=3&text=" + text));
    hostile.form("/halfnote/reviews/" + review + "/comments", "text=" + text);
    long own = numberAt(hostile.form(
        "/halfnote/lists", "title=" + text + "&description=" + text + "&isPublic=true"));
    String name =
        hostile.get("/halfnote/feed").body().replaceFirst("(?s).*/users/(hostile\\d+).*", "$1");
    for (String path : List.of(
        "/halfnote/users/" + name,
        "/halfnote/users/" + name + "/lists",
        "/halfnote/reviews/" + review,
        "/halfnote/lists/" + own,
        "/halfnote/albums/2",
        "/halfnote/feed?kind=you",
        "/halfnote/settings",
        "/halfnote/search?q=" + text.substring(0, 30))) {
      Reply page = hostile.get(path);
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.body().replace(OWN_SCRIPT, ""))
          .as(path)
          .contains("&lt;script&gt;")
          .doesNotContain("<script")
          .doesNotContain("<img src=x")
          .doesNotContain("\"'>");
    }
    Reply unknown = browser.form("/halfnote/login", "username=" + cut(text));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).contains("&lt;script&gt;").doesNotContain("<script");
  }

  private static String newName(String name) {
    long id = halfnote.newUser(name);
    return halfnote
        .jdbc
        .sql("SELECT username FROM halfnote.users WHERE id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  /** So much of it that it fits a name. */
  private static String cut(String encoded) {
    return encoded.substring(0, encoded.indexOf("%3C%2F"));
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, http://elsewhere.example",
    "Origin, null",
  })
  void formOfAnotherSite_isRefusedAndChangesNothing(String header, String value) {
    Caller misled = me.with(header, value);
    assertThat(misled.form("/halfnote/reviews/1/like", "").status()).isEqualTo(403);
    assertThat(misled.form("/halfnote/logout", "").status()).isEqualTo(403);
    assertThat(misled.form("/halfnote/login", "username=" + username).status()).isEqualTo(403);
    assertThat(misled.json("PUT", "/halfnote/api/reviews/1/like", "").status()).isEqualTo(403);
    assertThat(
            halfnote.number("SELECT count(*) FROM halfnote.review_likes WHERE user_id = ?", user))
        .isZero();
    assertThat(misled.get("/halfnote/feed").status()).as("links still work").isEqualTo(200);
  }

  @Test
  void formOfThisSite_isTaken() {
    Caller fan = browser.with("Cookie", cookieOf(newName("fan")));
    Caller here = fan.with("Origin", halfnote.address().toString());
    assertThat(here.form("/halfnote/reviews/2/like", "").status()).isEqualTo(302);
    assertThat(fan.get("/halfnote/reviews/2").body()).contains(">Unlike<");
    Caller fetched = fan.with("Sec-Fetch-Site", "same-origin");
    assertThat(fetched.form("/halfnote/reviews/2/unlike", "").status()).isEqualTo(302);
    assertThat(fan.get("/halfnote/reviews/2").body()).contains(">Like<");
  }

  @Test
  void cookieNotSignedHere_isNobodys() {
    String cookie = cookieOf(username);
    String name = cookie.substring(0, cookie.indexOf('=') + 1);
    String signature = cookie.substring(cookie.indexOf('.') + 1);
    char last = signature.charAt(0) == 'A' ? 'B' : 'A';
    for (String forged : List.of(
        name + (user + 1) + "." + signature,
        name + user + "." + last + signature.substring(1),
        name + user + "." + signature.substring(1),
        name + user + ".",
        name + user,
        name + "0" + user + "." + signature,
        name + "." + signature,
        name + "x".repeat(2_000),
        name)) {
      Reply refused = browser.with("Cookie", forged).get("/halfnote/feed");
      assertThat(refused.status()).as(forged).isEqualTo(302);
      assertThat(refused.header("Location")).as(forged).endsWith("/halfnote/login");
    }
    assertThat(browser.with("Cookie", cookie).get("/halfnote/feed").status()).isEqualTo(200);
  }

  @Test
  void logOut_endsTheCookie() {
    Reply reply = me.form("/halfnote/logout", "");
    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Set-Cookie")).startsWith("halfnote_user=;").contains("Max-Age=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/halfnote/albums/99999999",
        "/halfnote/albums/none",
        "/halfnote/reviews/99999999",
        "/halfnote/lists/99999999",
        "/halfnote/users/nobody-of-this-name",
        "/halfnote/users/%E2%82%AC/lists",
        "/halfnote/avatars/blob-1.svg",
        "/halfnote/no-such-page",
        "/no-such-page",
      })
  void whatIsNotThere_isAPageThatSaysSo(String path) {
    Reply page = me.get(path);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<h1").contains("</html>").doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "/halfnote/feed?kind=foes, kind",
    "/halfnote/feed?before=yesterday, before",
    "/halfnote/feed?mode=fast, mode",
  })
  void wrongAddress_namesWhatIsWrong(String path, String field) {
    Reply page = me.get(path);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body()).contains("<b>" + field + "</b>");
  }

  @ParameterizedTest
  @CsvSource({
    "/halfnote/albums/1/reviews, rating=11&text=x, rating",
    "/halfnote/albums/1/reviews, rating=5&text=, text",
    "/halfnote/albums/1/reviews, rating=many&text=x, rating",
    "/halfnote/albums/1/lists, list=first, list",
    "/halfnote/albums/1/lists, other=1, list",
    "/halfnote/reviews/1/comments, text=, text",
    "/halfnote/lists, title=, title",
    "/halfnote/settings, displayName=, displayName",
    "/halfnote/settings/avatar, shape=blob&hue=1, avatar",
    "/halfnote/settings/genres, genres=Noise, genres",
  })
  void wrongForm_isRefusedWithTheField(String path, String fields, String field) {
    Reply page = me.form(path, fields);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<b>" + field + "</b>").contains(">Log out<");
  }

  @Test
  void addressForFormsAlone_isRefusedAsAPage() {
    Reply page = me.get("/halfnote/logout");
    assertThat(page.status()).isEqualTo(405);
    assertThat(page.header("Content-Type")).startsWith("text/html");
  }

  @Test
  void errorPage_keepsTheUserLoggedIn() {
    assertThat(me.get("/halfnote/albums/99999999").body()).contains(">Log out<");
    assertThat(browser.get("/halfnote/albums/99999999").body()).contains(">Log in<");
  }

  @Test
  void nulCharacters_areNoFaultOfTheServer() {
    assertThat(browser.form("/halfnote/login", "username=a%00b").status()).isEqualTo(404);
    assertThat(me.get("/halfnote/search?q=a%00b").status()).isEqualTo(200);
    assertThat(me.get("/halfnote/users/a%00b").status()).isIn(400, 404);
    assertThat(me.form("/halfnote/lists", "title=a%00b").status()).isEqualTo(400);
  }

  @Test
  void privateList_isNotThereForVisitors() {
    long hidden = numberAt(me.form("/halfnote/lists", "title=Hidden+one"));
    assertThat(me.get("/halfnote/lists/" + hidden).body()).contains("Hidden one", "private");
    String lists = "/halfnote/users/" + username + "/lists";
    assertThat(me.get(lists).body()).contains("Hidden one");
    for (Caller other : List.of(browser, browser.with("Cookie", cookieOf(newName("visitor"))))) {
      assertThat(other.get("/halfnote/lists/" + hidden).status()).isEqualTo(404);
      assertThat(other.get(lists).body()).doesNotContain("Hidden one");
    }
  }

  @Test
  void older_leadsThroughTheWholeFeedOnce() {
    long busy = halfnote.number(
        "SELECT user_id FROM halfnote.activities GROUP BY 1 HAVING count(*) BETWEEN 61 AND 95"
            + " ORDER BY 1 LIMIT 1");
    Caller reader = browser.with("X-Halfnote-User", Long.toString(busy));
    long whole =
        halfnote.number("SELECT count(*) FROM halfnote.activities WHERE user_id = ?", busy);
    Pattern line = Pattern.compile("<p class=\"act\">");
    Pattern older = Pattern.compile("class=\"button\" href=\"([^\"]+)\"");
    List<String> seen = new ArrayList<>();
    String path = "/halfnote/feed?kind=you";
    int lines = 0;
    while (!path.isEmpty()) {
      assertThat(seen).doesNotContain(path);
      seen.add(path);
      Reply page = reader.get(path);
      assertThat(page.status()).isEqualTo(200);
      lines += (int) line.matcher(page.body()).results().count();
      Matcher link = older.matcher(page.body());
      path = link.find() ? link.group(1).replace("&amp;", "&") : "";
    }
    assertThat(lines).isEqualTo((int) whole);
    assertThat(seen).hasSize((int) whole / 20 + 1);
  }
}
