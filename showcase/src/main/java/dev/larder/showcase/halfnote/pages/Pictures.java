package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.domain.Avatar;
import dev.larder.showcase.web.Refused;
import java.time.Duration;
import java.util.SplittableRandom;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Draws avatars and album covers. Both follow from their address alone and never change. */
@Controller
final class Pictures {
  private static final MediaType SVG = MediaType.valueOf("image/svg+xml");
  private static final CacheControl FOR_GOOD =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  @GetMapping("/avatars/{avatar}.svg")
  ResponseEntity<String> avatar(@PathVariable String avatar) {
    Avatar drawn = Avatar.parse(avatar).orElseThrow(() -> Refused.notFound("avatar", avatar));
    String ink = "hsl(" + drawn.hue() + " 70% 92%)";
    String body = "<rect width='48' height='48' fill='hsl(%d 45%% 38%%)'/>".formatted(drawn.hue())
        + "<g fill='none' stroke='%s' stroke-width='4' stroke-linecap='round'>".formatted(ink)
        + shape(drawn.shape(), ink)
        + "</g>";
    return picture("0 0 48 48", body);
  }

  @GetMapping("/covers/{album}.svg")
  ResponseEntity<String> cover(@PathVariable long album) {
    SplittableRandom random = new SplittableRandom(album * 7_919);
    int hue = random.nextInt(360);
    StringBuilder body = new StringBuilder();
    body.append("<rect width='120' height='120' fill='hsl(%d 35%% 28%%)'/>".formatted(hue));
    for (int i = 0; i < 5; i++) {
      int shade = (hue + random.nextInt(30, 120)) % 360;
      int light = random.nextInt(40, 75);
      if (random.nextBoolean()) {
        body.append("<circle cx='%d' cy='%d' r='%d' fill='hsl(%d 55%% %d%%)' fill-opacity='.7'/>"
            .formatted(
                random.nextInt(120), random.nextInt(120), random.nextInt(10, 48), shade, light));
      } else {
        body.append(
            "<path d='M%d 0 L%d 120' stroke='hsl(%d 60%% %d%%)' stroke-width='%d' stroke-opacity='.6'/>"
                .formatted(
                    random.nextInt(120), random.nextInt(120), shade, light, random.nextInt(2, 18)));
      }
    }
    return picture("0 0 120 120", body.toString());
  }

  private static String shape(String shape, String ink) {
    return switch (shape) {
      case "ring" -> "<circle cx='24' cy='24' r='13'/>";
      case "disc" ->
        "<circle cx='24' cy='24' r='14'/><circle cx='24' cy='24' r='3' fill='" + ink + "'/>";
      case "note" ->
        "<path d='M20 33V14l13-3v18'/><circle cx='16' cy='33' r='4'/><circle cx='29' cy='30' r='4'/>";
      case "bars" -> "<path d='M12 32V24M20 32V14M28 32V19M36 32V27'/>";
      case "wave" -> "<path d='M8 26c4-12 8-12 12 0s8 12 12 0 6-10 8-6'/>";
      case "star" -> "<path d='M24 10v28M12 17l24 14M36 17L12 31'/>";
      case "grid" -> "<path d='M14 14h20v20H14zM24 14v20M14 24h20'/>";
      default -> "<path d='M31 33a13 13 0 1 1 0-18 10 10 0 0 0 0 18z'/>";
    };
  }

  private static ResponseEntity<String> picture(String box, String body) {
    String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='" + box + "'>" + body + "</svg>";
    return ResponseEntity.ok().contentType(SVG).cacheControl(FOR_GOOD).body(svg);
  }
}
