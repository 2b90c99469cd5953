package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.web.HttpDate;
import dev.larder.web.TestServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * One case of RFC 9111: what a handler says, what two requests say, and whether the second may be answered
 * without the handler. The parts that are not told are as usual.
 */
final class Case {
  private final String name;
  private final List<String[]> answers = new ArrayList<>();
  private int status = 200;
  private String[] first = {};
  private String[] second = {};
  private String between = "";
  private Duration after = Duration.ZERO;
  private boolean isHit;
  private int answered = 200;
  private final Map<String, String> says = new LinkedHashMap<>();

  Case(String name) {
    this.name = name;
  }

  /** A header that the handler sets, or adds a line to. */
  Case sends(String header, String value) {
    answers.add(new String[] {header, value});
    return this;
  }

  Case status(int code) {
    this.status = code;
    this.answered = code;
    return this;
  }

  Case first(String... headers) {
    this.first = headers;
    return this;
  }

  Case second(String... headers) {
    this.second = headers;
    return this;
  }

  Case both(String... headers) {
    return first(headers).second(headers);
  }

  Case after(long seconds) {
    this.after = Duration.ofSeconds(seconds);
    return this;
  }

  /** A request with another method between the two, and the status it gets. */
  Case between(String method, int code) {
    this.between = method + " " + code;
    return this;
  }

  Case hit() {
    this.isHit = true;
    return this;
  }

  Case miss() {
    this.isHit = false;
    return this;
  }

  Case answered(int code) {
    this.answered = code;
    return this;
  }

  Case says(String header, String value) {
    says.put(header, value);
    return this;
  }

  static Case that(String name) {
    return new Case(name);
  }

  /** Tests of all cases, by group. */
  static Stream<DynamicNode> tests(
      ScriptedServer server, String handler, Map<String, List<Case>> groups) {
    return groups.entrySet().stream()
        .map(group -> DynamicContainer.dynamicContainer(
            group.getKey(),
            group.getValue().stream()
                .map(it -> DynamicTest.dynamicTest(it.name, () -> it.play(server, handler)))));
  }

  /** Teaches a handler, sends both requests and looks at the second answer. */
  void play(ScriptedServer server, String handler) {
    String id = "c" + Integer.toHexString((handler + name).hashCode());
    long made = server.time.millis();
    Script.teach(id, (request, response) -> {
      response.setStatus(status);
      answers.forEach(line -> response.addHeader(line[0], line[1]));
    });
    String path = "/" + handler + "/" + id;
    server.http.get(path, first);
    if (!between.isEmpty()) {
      String[] other = between.split(" ");
      server.http.send(other[0], path, "X-Status", other[1]);
    }
    server.time.advance(after);
    Answer answer = server.http.get(path, second);

    assertThat(answer.status()).isEqualTo(answered);
    assertThat(answer.isHit()).as(answer.cacheStatus()).isEqualTo(isHit);
    boolean isRefreshed = answer.cacheStatus().contains("ttl=-");
    if (answered < 500 && !isRefreshed) {
      assertThat(Script.calls(id)).isEqualTo(isHit ? 1 : 2);
    }
    String whole = id + " 1";
    says.forEach((header, value) -> assertThat(answer.header(header))
        .as(header)
        .isEqualTo(
            header.equals("Date")
                ? HttpDate.of(made)
                : value
                    .replace("TOTAL", String.valueOf(whole.length()))
                    .replace("LAST", String.valueOf(whole.length() - 1))));
    if (isHit && answered == 200) {
      assertThat(answer.body()).isEqualTo(whole);
    }
  }
}
