package dev.larder.showcase.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.showcase.data.Progress;
import dev.larder.showcase.halfnote.catalogue.GeneratedCatalogue;
import dev.larder.showcase.halfnote.data.DataSet;
import dev.larder.showcase.halfnote.data.DataSetLoader;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedPostgreSql.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as people start it, on a small data set. */
class DemoIT {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  @TempDir
  Path home;

  private final List<ProcessHandle> seen = new ArrayList<>();

  @AfterEach
  void end() {
    seen.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void demo_isFilledOnceAndStoppedWholeAndMeasured() throws Exception {
    Process first = demo("first", "--scale=0.002");
    await().atMost(START_LIMIT).until(() -> out("first").contains("/halfnote") || !first.isAlive());
    String address = out("first").replaceFirst("(?s).*Halfnote +(\\S+).*", "$1").strip();
    assertThat(address).as(err("first")).startsWith("http://127.0.0.1:");
    URI page = URI.create(address);
    assertThat(status(page.resolve("/halfnote/api/users/1"))).isEqualTo(200);
    List<ProcessHandle> processes = first.descendants().toList();
    // The launcher, the showcase, and both servers with the shells that watch them.
    assertThat(processes).hasSizeGreaterThan(5);
    seen.addAll(processes);

    first.destroy();
    first.waitFor();

    // A watching shell may end a moment after the server that it watched.
    await().atMost(STOP_LIMIT).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(showcaseLog()).contains("was loaded", "Graceful shutdown complete");

    Process second = demo("second", "--scale=0.002", "--report", "--json");
    assertThat(second.waitFor()).as(err("second")).isZero();

    assertThat(showcaseLog()).contains("is there").doesNotContain("was loaded");
    JsonNode report = JsonMapper.shared().readTree(out("second"));
    assertThat(report.path("schema").asInt()).isEqualTo(1);
    assertThat(report.path("rows").findValuesAsString("row"))
        .containsExactly("feed", "reviews", "lists", "album", "search");
    for (JsonNode row : report.path("rows")) {
      for (String version : List.of("naive", "optimised", "cold", "warm")) {
        assertThat(row.path(version).path("requests").asInt()).isPositive();
      }
    }
    assertThat(report.path("load").path("checks").asInt()).isPositive();
    assertThat(report.path("load").path("stale").asInt())
        .as(report.path("load").toPrettyString())
        .isZero();
    assertThat(report.path("coldStart").path("larderMillis").asDouble()).isPositive();
  }

  @Test
  void demo_otherScaleThanTheDataHas_saysThatItIsDropped_andIsKilledWhole() throws Exception {
    Database database = EmbeddedPostgreSql.shared().newDatabase();
    new DataSetLoader(database.dataSource(), Progress.SILENT)
        .load(new DataSet(0.002, 7, "invented"), new GeneratedCatalogue(20, 7));

    Process demo =
        demo("other", Map.of("DATABASE_URL", database.url()), "--scale=0.001", "--no-redis");
    await().atMost(START_LIMIT).until(() -> out("other").contains("/halfnote") || !demo.isAlive());

    assertThat(err("other")).contains("another data set", "dropped now", "scale 0.002, seed 7");
    assertThat(out("other")).contains("/halfnote");
    seen.addAll(demo.descendants().toList());
    // Nobody is left to stop what the launcher started.
    demo.children().forEach(ProcessHandle::destroyForcibly);
    demo.waitFor();
    await().atMost(STOP_LIMIT).until(() -> seen.stream().noneMatch(ProcessHandle::isAlive));
  }

  private Process demo(String name, String... options) throws IOException {
    return demo(name, Map.of(), options);
  }

  private Process demo(String name, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "-Dlarder.home=" + home,
        "-Dlarder.showcase.jar=" + Path.of("target", "showcase-app.jar").toAbsolutePath(),
        "dev.larder.cli.LarderCommand",
        "demo"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectOutput(home.resolve(name + ".out").toFile())
        .redirectError(home.resolve(name + ".err").toFile());
    builder.environment().keySet().removeAll(List.of("DATABASE_URL", "REDIS_URL", "VALKEY_URL"));
    builder.environment().putAll(environment);
    builder.environment().put("HALFNOTE_CATALOGUELATENCY", "20ms");
    Process process = builder.start();
    seen.add(process.toHandle());
    return process;
  }

  private String out(String name) throws IOException {
    return Files.readString(home.resolve(name + ".out"));
  }

  private String err(String name) throws IOException {
    return Files.readString(home.resolve(name + ".err"));
  }

  private String showcaseLog() throws IOException {
    return Files.readString(home.resolve(".larder/demo/showcase.log"));
  }

  private static int status(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
