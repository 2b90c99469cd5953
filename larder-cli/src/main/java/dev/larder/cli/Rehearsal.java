package dev.larder.cli;

import com.sun.net.httpserver.HttpServer;
import dev.larder.cli.base.Surroundings;
import dev.larder.cli.connect.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs commands against an application that is none, so that the JDK writes down the classes that commands
 * take ({@code -XX:ArchiveClassesAtExit}) and later starts find them ready. Prints nothing.
 */
final class Rehearsal {

  private static final Map<String, String> ANSWERS = Map.of(
      "/api/overview",
      """
      {"overview":{"keyPrefix":"a","atMillis":1,"node":"n","isWhole":true,"switches":{},"nodes":[
      {"id":"n","host":"h","version":"1","state":"IN_SYNC","policies":"p",
      "freshness":[{"check":"HIT","sampled":1,"stale":0}],"times":[],"events":[],
      "tiers":[{"tier":"L2","store":"redis","circuit":"closed","isConfirmed":true,"confirmedAgo":"PT1S"}],
      "caches":[{"stats":{"cache":"c","times":{},"topKeys":[]},"policy":{},"percent":100}]}]}}""",
      "/api/keys",
      "{\"page\":{\"tier\":\"L2\",\"keys\":[\"a:c:v1:1\"],\"isCut\":false}}",
      "/api/explain",
      """
      {"explanation":{"slot":"a:c:v1:1","cache":"c","copies":[{"tier":"L2","node":"","store":"redis",
      "state":"FRESH","asOf":"1-1","tags":[{"tag":"t","position":""}]}],
      "history":[{"id":1,"node":"n","kind":"LOAD","cache":"c","subject":"s","text":"t"}],"silent":[]}}""",
      "/api/warm-ups",
      "{\"warmUps\":[]}",
      "/api/events",
      "{\"events\":[]}");

  private static final List<String> LINES = List.of(
      "status",
      "stats",
      "keys",
      "explain a:c:v1:1",
      "warm",
      "top",
      "stats -o json",
      "complete caches");

  private Rehearsal() {}

  /** Rehearses. Ends well whatever commands do, since a shorter archive is one too. */
  public static void main(String[] args) throws IOException {
    List<String> unused = failed();
    System.exit(0);
  }

  /** Rehearses, and tells which commands failed. */
  static List<String> failed() throws IOException {
    List<String> failed = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      String answer = ANSWERS.getOrDefault(exchange.getRequestURI().getPath(), "{}");
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Surroundings surroundings = new Surroundings(
        Map.of("LARDER_URL", url),
        Path.of(""),
        InputStream.nullInputStream(),
        false,
        Connection::open);
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (String line : LINES) {
      int status = LarderCommand.commandLine(surroundings)
          .setOut(nowhere)
          .setErr(nowhere)
          .execute(line.split(" ", -1));
      if (status != 0) {
        failed.add(line);
      }
    }
    server.stop(0);
    return failed;
  }
}
