package dev.larder.showcase.simlane.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drivers, circuits and race results out of a JSON file:
 *
 * <pre>{@code
 * {"source": "…",
 *  "drivers":  [{"id": "ann-brown", "name": "Ann Brown", "nationalityCountryId": "…"}],
 *  "circuits": [{"id": "ring", "name": "Ring", "placeName": "…", "countryId": "…"}],
 *  "races":    [{"season": 2024, "race": "ring", "results":
 *     [{"position": "1", "driverId": "ann-brown", "points": "25"}]}]}
 * }</pre>
 *
 * <p>A position that is no number (as {@code DNF}) is not classified. Other members are ignored.
 *
 * @param fingerprint the same for the same file
 * @param source who it is from, shown where it is used; empty for none
 */
public record RacingFile(
    String fingerprint,
    String source,
    List<Driver> drivers,
    List<Circuit> circuits,
    List<Result> results) {

  /** Nothing to import. */
  public static final RacingFile NONE = new RacingFile("none", "", List.of(), List.of(), List.of());

  private static final long MOST_BYTES = 64L << 20;
  private static final String SLUG = "[a-z0-9][a-z0-9-]{0,79}";
  private static final int MOST_POINTS = 1_000;

  /**
   * A driver.
   *
   * @param id lower case, digits and hyphens
   * @param country the same; empty where it is not said
   */
  public record Driver(String id, String name, String country) {}

  /** A circuit. */
  public record Circuit(String id, String name, String place, String country) {}

  /**
   * What one driver did in one race.
   *
   * @param race name of the race, lower case
   * @param position 1 or more; 0 if not classified
   */
  public record Result(int season, String race, String driver, int position, int points) {}

  /**
   * Reads a file.
   *
   * @throws RacingFileException naming the place in the file, what is there and what must be
   */
  public static RacingFile read(Path file) throws RacingFileException {
    byte[] bytes;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RacingFileException(
            "simlane.racing: " + file + " has more than " + (MOST_BYTES >> 20) + " MiB.", null);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RacingFileException("simlane.racing: " + file + " can't be read: " + e + ".", e);
    }
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(bytes);
    } catch (JacksonException e) {
      throw new RacingFileException(
          "simlane.racing: " + file + " is not JSON: " + e.getOriginalMessage() + ".", e);
    }
    return new Reader(file).of(root, fingerprint(bytes));
  }

  private static String fingerprint(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Reader(Path file) {

    RacingFile of(JsonNode root, String fingerprint) throws RacingFileException {
      Map<String, Driver> drivers = new LinkedHashMap<>();
      for (Place each : list(root, "drivers")) {
        Driver driver =
            new Driver(each.slug("id"), each.text("name", 1), each.text("nationalityCountryId", 0));
        if (drivers.putIfAbsent(driver.id(), driver) != null) {
          throw each.fault("id", driver.id(), "an id that no other driver has");
        }
      }
      Map<String, Circuit> circuits = new LinkedHashMap<>();
      for (Place each : list(root, "circuits")) {
        Circuit circuit = new Circuit(
            each.slug("id"),
            each.text("name", 1),
            each.text("placeName", 0),
            each.text("countryId", 0));
        if (circuits.putIfAbsent(circuit.id(), circuit) != null) {
          throw each.fault("id", circuit.id(), "an id that no other circuit has");
        }
      }
      List<Result> results = new ArrayList<>();
      for (Place race : list(root, "races")) {
        int season = race.number("season", 1900, 2100);
        String name = race.slug("race");
        for (Place each : list(race.node(), "results", race.name() + ".")) {
          String driver = each.slug("driverId");
          if (!drivers.containsKey(driver)) {
            throw each.fault("driverId", driver, "the id of one of the drivers");
          }
          results.add(new Result(
              season, name, driver, each.position(), each.number("points", 0, MOST_POINTS)));
        }
      }
      JsonNode source = root.get("source");
      return new RacingFile(
          fingerprint,
          source == null ? "" : source.asString(""),
          List.copyOf(drivers.values()),
          List.copyOf(circuits.values()),
          results);
    }

    private List<Place> list(JsonNode in, String name) throws RacingFileException {
      return list(in, name, "");
    }

    private List<Place> list(JsonNode in, String name, String before) throws RacingFileException {
      JsonNode list = in.get(name);
      if (list == null || !list.isArray()) {
        throw new RacingFileException(
            "simlane.racing: " + file + ": " + before + name + " is "
                + (list == null ? "missing" : shortened(list)) + ", must be a list.",
            null);
      }
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        places.add(new Place(file, before + name + "[" + i + "]", list.get(i)));
      }
      return places;
    }
  }

  /** One element of the file, and where it stands. */
  private record Place(Path file, String name, JsonNode node) {

    String slug(String member) throws RacingFileException {
      String text = text(member, 1);
      if (!text.matches(SLUG)) {
        throw fault(member, text, "1 to 80 lower-case letters, digits and hyphens");
      }
      return text;
    }

    String text(String member, int least) throws RacingFileException {
      JsonNode value = node.get(member);
      String text = value == null || !value.isString() ? "" : value.asString().strip();
      if (text.length() < least || text.length() > 120 || text.indexOf('\0') >= 0) {
        throw fault(
            member, value == null ? "missing" : shortened(value), least + " to 120 characters");
      }
      return text;
    }

    /** A whole number, also one written as a text; halves of points are cut. */
    int number(String member, int least, int most) throws RacingFileException {
      JsonNode value = node.get(member);
      String text = value == null || value.isNull() ? "0" : value.asString("");
      if (!text.matches("\\d{1,4}(\\.\\d+)?")) {
        throw fault(member, text, least + " to " + most);
      }
      int number = (int) Double.parseDouble(text);
      if (number < least || number > most) {
        throw fault(member, text, least + " to " + most);
      }
      return number;
    }

    int position() {
      JsonNode value = node.get("position");
      String text = value == null ? "" : value.asString("");
      return text.matches("[1-9]\\d?") ? Integer.parseInt(text) : 0;
    }

    RacingFileException fault(String member, String seen, String range) {
      return new RacingFileException(
          "simlane.racing: " + file + ": " + name + "." + member + " is " + seen + ", must be "
              + range + ".",
          null);
    }
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
