package tasktracker.platform.web.template;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves {@link Assets}: URLs with a hash are cached for a year, other URLs are revalidated. */
public class AssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH = Pattern.compile("/(?:([0-9a-f]{12})/)?([A-Za-z0-9._/-]+)");

  @Inject private transient Assets assets;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
    Optional<Assets.Asset> asset = path.matches() ? assets.find(path.group(2)) : Optional.empty();
    if (asset.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    respond(asset.get(), asset.get().hash().equals(path.group(1)), request, response);
  }

  private static void respond(Assets.Asset asset, boolean isImmutable, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = '"' + asset.hash() + '"';
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(asset.mediaType());
    response.setContentLength(asset.bytes().length);
    response.getOutputStream().write(asset.bytes());
  }
}
