import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;

/** Prints the text of each page as Apache Tika has PDFBox give it; a form feed ends a page. */
public class TikaText extends PDFTextStripper {
    TikaText() throws IOException {
        setSuppressDuplicateOverlappingText(false);
        setParagraphEnd("\n");
        setPageEnd("");
        setLineSeparator("\n");
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        writeParagraphStart();
    }

    @Override
    protected void endPage(PDPage page) throws IOException {
        writeParagraphEnd();
        output.write("\n\f"); // the end of Tika's <div class="page">
    }

    public static void main(String[] paths) throws IOException {
        for (String path : paths) {
            try (PDDocument document = PDDocument.load(new File(path))) {
                String text = new TikaText().getText(document);
                System.out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        System.out.flush();
    }
}
