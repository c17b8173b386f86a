package tasktracker.harness.container;

import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import tasktracker.harness.Project;

/**
 * What is deployed for a test inside the server: the WAR that Maven packaged, and the test. Only the library that runs
 * models stays behind and is shared by the server, because packing and unpacking its 90 MB takes longer than the tests.
 */
public final class Deployed {
  static final String HEAVY = "onnxruntime-";

  private Deployed() {}

  /** The whole product with these test classes beside its own. */
  public static WebArchive with(Class<?>... tests) {
    var product = ShrinkWrap.create(ZipImporter.class, nameFor(tests))
        .importFrom(Project.target("task-tracker.war").toFile()).as(WebArchive.class);
    product.getContent(path -> path.get().startsWith("/WEB-INF/lib/" + HEAVY)).keySet().forEach(product::delete);
    return product.setWebXML(webXml()).addClasses(tests).addAsLibrary(assertJ()).addAsLibrary(besideTheDoor());
  }

  /** The product's, which looks into libraries for servlets: Arquillian brings one in a library of its own. */
  private static StringAsset webXml() {
    String ours = Project.text(Project.root().resolve("src/main/webapp/WEB-INF/web.xml"));
    String open = ours.replace(" metadata-complete=\"true\"", "").replace("<absolute-ordering/>", "");
    Assertions.assertThat(open).isNotEqualTo(ours);
    return new StringAsset(open);
  }

  private static JavaArchive besideTheDoor() {
    return ShrinkWrap.create(JavaArchive.class, "beside-the-door.jar").addClass(BesideTheDoor.class)
        .addAsServiceProvider(ServletContainerInitializer.class, BesideTheDoor.class);
  }

  /** Each its own: the server keeps what it read of an archive for a while, and would find one test's in the next. */
  private static String nameFor(Class<?>... tests) {
    return "task-tracker-" + tests[0].getSimpleName() + ".war";
  }

  private static File assertJ() {
    return new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
