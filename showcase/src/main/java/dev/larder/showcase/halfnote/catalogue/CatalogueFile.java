package dev.larder.showcase.halfnote.catalogue;

import dev.larder.showcase.halfnote.domain.AlbumDetails.Track;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A catalogue read from a JSON file, wholly into memory.
 *
 * <p>Shape of the file: {@code {"albums": [{"id": 1, "title": "…", "artist": "…", "genres": ["…"],
 * "tracks": [{"name": "…", "ms": 343719}]}]}}. Ids are numbers or texts and unique; genres and
 * tracks may be missing; other members are ignored.
 */
public final class CatalogueFile implements Catalogue {
  private static final long MOST_BYTES = 256L << 20;
  private static final int LONGEST_TEXT = 300;

  private final List<CatalogueAlbum> albums;
  private final Map<String, CatalogueAlbum> byId = new HashMap<>();
  private final String fingerprint;

  private CatalogueFile(List<CatalogueAlbum> albums, String fingerprint) {
    this.albums = List.copyOf(albums);
    this.fingerprint = fingerprint;
    albums.forEach(album -> byId.put(album.id(), album));
  }

  /**
   * Reads a file.
   *
   * @throws CatalogueFileException if the file is missing, over 256 MiB, not JSON of the shape
   *     above, or holds no album; the message names the file, the place in it and what was seen
   */
  public static CatalogueFile read(Path file) {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw new CatalogueFileException(file, "there is no such file");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new CatalogueFileException(
            file, "it has " + Files.size(file) + " bytes, more than " + MOST_BYTES);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CatalogueFileException(file, "it cannot be read: " + e.getMessage());
    }
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new CatalogueFileException(file, "it is not JSON: " + e.getOriginalMessage());
    }
    JsonNode list = root.path("albums");
    if (!list.isArray() || list.isEmpty()) {
      throw new CatalogueFileException(
          file, "it has no member \"albums\" that is an array of at least one album");
    }
    return new CatalogueFile(new Reader(file).albums(list), "file-" + sha256(bytes));
  }

  @Override
  public int size() {
    return albums.size();
  }

  @Override
  public CatalogueAlbum album(int index) {
    return albums.get(index);
  }

  @Override
  public Optional<CatalogueAlbum> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Reader(Path file) {
    List<CatalogueAlbum> albums(JsonNode list) {
      List<CatalogueAlbum> read = new ArrayList<>();
      Map<String, Integer> places = new HashMap<>();
      Map<String, List<String>> titles = new HashMap<>();
      for (int i = 0; i < list.size(); i++) {
        CatalogueAlbum album = album(list.get(i), "albums[" + i + "]");
        Integer earlier = places.putIfAbsent(album.id(), i);
        if (earlier != null) {
          throw new CatalogueFileException(
              file,
              "albums[" + i + "].id is \"" + album.id() + "\", as in albums[" + earlier + "]");
        }
        titles.computeIfAbsent(album.artist(), artist -> new ArrayList<>()).add(album.title());
        read.add(album);
      }
      read.replaceAll(album -> withOthers(album, titles.getOrDefault(album.artist(), List.of())));
      return read;
    }

    private CatalogueAlbum album(JsonNode node, String where) {
      List<String> genres = new ArrayList<>();
      for (JsonNode genre : node.path("genres")) {
        genres.add(text(genre, where + ".genres"));
      }
      if (genres.isEmpty()) {
        genres.add("Unknown");
      }
      List<Track> tracks = new ArrayList<>();
      for (JsonNode track : node.path("tracks")) {
        String name = text(track.path("name"), where + ".tracks.name");
        tracks.add(new Track(name, Math.max(0, track.path("ms").asLong(0))));
      }
      return new CatalogueAlbum(
          text(node.path("id"), where + ".id"),
          text(node.path("title"), where + ".title"),
          text(node.path("artist"), where + ".artist"),
          genres,
          tracks,
          List.of());
    }

    private String text(JsonNode node, String where) {
      String text = node.isString() || node.isIntegralNumber() ? node.asString().strip() : "";
      if (text.isEmpty() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
        String seen = node.isMissingNode() ? "missing" : abbreviated(node.toString());
        throw new CatalogueFileException(
            file, where + " is " + seen + ", must be 1 to " + LONGEST_TEXT + " characters");
      }
      return text;
    }

    private static String abbreviated(String json) {
      return json.length() <= 60 ? json : json.substring(0, 60) + "…";
    }

    private static CatalogueAlbum withOthers(CatalogueAlbum album, List<String> titles) {
      List<String> others = titles.stream()
          .filter(title -> !title.equals(album.title()))
          .limit(CatalogueAlbum.MOST_OTHER_TITLES)
          .toList();
      return new CatalogueAlbum(
          album.id(), album.title(), album.artist(), album.genres(), album.tracks(), others);
    }
  }
}
