package dev.larder.showcase.halfnote.catalogue;

import dev.larder.showcase.halfnote.domain.AlbumDetails.Track;
import dev.larder.showcase.halfnote.domain.Genres;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An invented catalogue. Every album follows from the seed and its place alone, so nothing is kept
 * in memory and a restart answers the same.
 */
public final class GeneratedCatalogue implements Catalogue {
  private static final String PREFIX = "gen-";
  private static final int ALBUMS_PER_ARTIST = 3;

  private static final String[] FIRST = {
    "Amber",
    "Ashen",
    "Borrowed",
    "Brittle",
    "Copper",
    "Crooked",
    "Distant",
    "Double",
    "Electric",
    "Empty",
    "Fallow",
    "Gilded",
    "Glass",
    "Half",
    "Hollow",
    "Idle",
    "Inland",
    "Ivory",
    "Late",
    "Little",
    "Long",
    "Lunar",
    "Magnetic",
    "Northern",
    "Open",
    "Painted",
    "Paper",
    "Patient",
    "Quiet",
    "Red",
    "Restless",
    "Salt",
    "Second",
    "Silver",
    "Sleepless",
    "Slow",
    "Soft",
    "Spare",
    "Tidal",
    "Tin",
    "Velvet",
    "Violet",
    "Winter",
    "Wooden"
  };
  private static final String[] SECOND = {
    "Alphabet",
    "Arcade",
    "Avenue",
    "Balcony",
    "Bridge",
    "Calendar",
    "Canopy",
    "Carousel",
    "Circuit",
    "Compass",
    "Corridor",
    "Daylight",
    "Engine",
    "Escalator",
    "Ferry",
    "Garden",
    "Harbour",
    "Horizon",
    "Interval",
    "Island",
    "Ladder",
    "Lantern",
    "Letter",
    "Lighthouse",
    "Meridian",
    "Mirror",
    "Motorway",
    "Observatory",
    "Orchard",
    "Parade",
    "Postcard",
    "Radio",
    "River",
    "Season",
    "Signal",
    "Staircase",
    "Station",
    "Telegraph",
    "Theatre",
    "Tide",
    "Tower",
    "Weather",
    "Window"
  };
  private static final String[] BAND = {
    "Accountants",
    "Afternoons",
    "Antennas",
    "Botanists",
    "Cartographers",
    "Choir",
    "Commuters",
    "Ensemble",
    "Foxes",
    "Gardeners",
    "Herons",
    "Lamplighters",
    "Machine",
    "Neighbours",
    "Orchestra",
    "Parallels",
    "Quartet",
    "Sundays",
    "Surveyors",
    "Tailors",
    "Trio",
    "Understudies",
    "Valves",
    "Weavers"
  };

  private final int size;
  private final long seed;
  private final int artists;

  /**
   * A catalogue of invented albums.
   *
   * @param size how many, at least 1
   * @param seed decides everything
   */
  public GeneratedCatalogue(int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("size is " + size + ", must be at least 1");
    }
    this.size = size;
    this.seed = seed;
    this.artists = Math.max(1, size / ALBUMS_PER_ARTIST);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public CatalogueAlbum album(int index) {
    Objects.checkIndex(index, size);
    SplittableRandom random = random(2, index);
    String title = title(index);
    Set<String> genres = new LinkedHashSet<>();
    genres.add(pick(random(3, index % artists), Genres.ALL));
    if (random.nextInt(3) == 0) {
      genres.add(pick(random, Genres.ALL));
    }
    List<Track> tracks = new ArrayList<>();
    int count = random.nextInt(6, 15);
    for (int i = 0; i < count; i++) {
      String name = pick(random, FIRST) + " " + pick(random, SECOND);
      tracks.add(new Track(name, random.nextInt(95_000, 420_000)));
    }
    List<String> others = new ArrayList<>();
    for (int i = index % artists;
        i < size && others.size() < CatalogueAlbum.MOST_OTHER_TITLES;
        i += artists) {
      if (i != index) {
        others.add(title(i));
      }
    }
    return new CatalogueAlbum(
        PREFIX + (index + 1), title, artist(index), List.copyOf(genres), tracks, others);
  }

  @Override
  public Optional<CatalogueAlbum> find(String id) {
    if (!id.startsWith(PREFIX) || id.length() > PREFIX.length() + 9) {
      return Optional.empty();
    }
    try {
      int index = Integer.parseInt(id, PREFIX.length(), id.length(), 10) - 1;
      return index >= 0 && index < size ? Optional.of(album(index)) : Optional.empty();
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public String fingerprint() {
    return "generated-" + size + "-" + seed;
  }

  private String title(int index) {
    SplittableRandom random = random(1, index);
    String words = pick(random, FIRST) + " " + pick(random, SECOND);
    int form = random.nextInt(8);
    if (form == 0) {
      return "The " + words;
    }
    return form == 1 ? words + ", Vol. " + random.nextInt(2, 5) : words;
  }

  private String artist(int index) {
    SplittableRandom random = random(4, index % artists);
    String first = pick(random, FIRST);
    return random.nextBoolean()
        ? "The " + first + " " + pick(random, BAND)
        : pick(random, SECOND) + " " + pick(random, BAND);
  }

  private SplittableRandom random(int purpose, int number) {
    return new SplittableRandom(seed * 1_000_003 + purpose * 7_919L + number * 0x9E3779B97F4A7C15L);
  }

  private static String pick(SplittableRandom random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
