#include "mtb-document-text.h"

#include "mtb-document.h"

/**
 * MtbDocumentText:
 *
 * The text of a controlled document to be read: headings, paragraphs and items, in the direction of
 * its own words, whatever the language of the interface. Keys move through it, and any of it can be
 * copied.
 */
struct _MtbDocumentText
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkTextTag *item;
  GtkTextTag *inner_item;

  char *text;
};

G_DEFINE_FINAL_TYPE (MtbDocumentText, mtb_document_text, ADW_TYPE_BIN)

/* Where an item's words begin, and how far its mark stands before them. */
#define ITEM_MARGIN 24
#define INNER_ITEM_MARGIN 48
#define MARK_WIDTH 18

/* Before a line that begins in another script, so that all run the same way. */
#define RIGHT_TO_LEFT_MARK "\u200f"
#define LEFT_TO_RIGHT_MARK "\u200e"

static const char *
get_tag_name (MtbParagraphKind kind)
{
  switch (kind)
    {
    case MTB_PARAGRAPH_HEADING:
      return "heading";
    case MTB_PARAGRAPH_ITEM:
      return "item";
    case MTB_PARAGRAPH_INNER_ITEM:
      return "inner-item";
    case MTB_PARAGRAPH_PLAIN:
    default:
      return "plain";
    }
}

static void
add_paragraph (MtbDocumentText *self, const MtbParagraph *paragraph, const char *direction)
{
  g_autofree char *line =
    g_strconcat (direction, paragraph->mark != NULL ? paragraph->mark : "",
                 paragraph->mark != NULL ? "\u00a0\u00a0" : "", paragraph->text, "\n", NULL);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (self->buffer, &end, line, -1,
                                            get_tag_name (paragraph->kind), NULL);
}

/* A text view's margins are not mirrored by themselves. */
static void
set_margins (MtbDocumentText *self, gboolean mirrored)
{
  g_object_set (self->item, "left-margin", mirrored ? 0 : ITEM_MARGIN, "right-margin",
                mirrored ? ITEM_MARGIN : 0, "indent", -MARK_WIDTH, NULL);
  g_object_set (self->inner_item, "left-margin", mirrored ? 0 : INNER_ITEM_MARGIN, "right-margin",
                mirrored ? INNER_ITEM_MARGIN : 0, "indent", -MARK_WIDTH, NULL);
}

static void
make_tags (MtbDocumentText *self)
{
  gtk_text_buffer_create_tag (self->buffer, "plain", "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (self->buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.15,
                              "pixels-above-lines", 12, "pixels-below-lines", 6, NULL);
  self->item = gtk_text_buffer_create_tag (self->buffer, "item", "pixels-below-lines", 3, NULL);
  self->inner_item =
    gtk_text_buffer_create_tag (self->buffer, "inner-item", "pixels-below-lines", 3, NULL);
}

static void
mtb_document_text_finalize (GObject *object)
{
  g_free (MTB_DOCUMENT_TEXT (object)->text);

  G_OBJECT_CLASS (mtb_document_text_parent_class)->finalize (object);
}

static void
mtb_document_text_class_init (MtbDocumentTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_document_text_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/documents/mtb-document-text.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentText, buffer);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentText, scroller);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentText, view);
}

static void
mtb_document_text_init (MtbDocumentText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_tags (self);
}

/**
 * mtb_document_text_show:
 * @self: a document's text
 * @text: what is to be read, see mtb_paragraphs_read()
 *
 * Shows it from its beginning, unless it is shown already.
 */
void
mtb_document_text_show (MtbDocumentText *self, const char *text)
{
  g_autoptr (GPtrArray) paragraphs = NULL;
  gboolean mirrored;

  g_return_if_fail (MTB_IS_DOCUMENT_TEXT (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  mirrored = mtb_document_is_right_to_left (text);
  gtk_widget_set_direction (GTK_WIDGET (self->view),
                            mirrored ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  set_margins (self, mirrored);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  paragraphs = mtb_paragraphs_read (text);
  for (guint i = 0; i < paragraphs->len; i++)
    add_paragraph (self, g_ptr_array_index (paragraphs, i),
                   mirrored ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
