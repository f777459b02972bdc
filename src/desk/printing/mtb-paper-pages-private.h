#pragma once

#include "mtb-paper-pages.h"
#include "mtb-paper-private.h"

G_BEGIN_DECLS

#define MTB_PAPER_GAP 8.0
#define MTB_PAPER_CELL_PADDING 4.0

typedef struct
{
  guint page;
  double x;
  double y;
  double width;
  double height;
  double ink;
} MtbPaperRule;

struct _MtbPaperPages
{
  MtbPaper *paper;
  PangoContext *context;
  double width;
  double height;
  gboolean mirrored;
  guint n_pages;
  GArray *pieces;
  GArray *rules;
};

/**
 * MtbPaperStyle:
 * @size: in points
 * @bold: whether it is bold
 * @align: where its lines stand in a text that runs from left to right
 */
typedef struct
{
  double size;
  gboolean bold;
  PangoAlignment align;
} MtbPaperStyle;

PangoLayout *mtb_paper_pages_new_layout (MtbPaperPages *self,
                                         const char *text,
                                         const MtbPaperStyle *style,
                                         double width);
void mtb_paper_pages_add_lines (MtbPaperPages *self,
                                const MtbPaperPiece *piece,
                                double start,
                                double width);
double mtb_paper_pages_add (MtbPaperPages *self,
                            guint page,
                            double start,
                            double y,
                            double width,
                            const char *text,
                            const MtbPaperStyle *style);
void mtb_paper_pages_add_rule (MtbPaperPages *self,
                               guint page,
                               double start,
                               double y,
                               double width,
                               double height,
                               double ink);

double mtb_paper_layout_get_height (PangoLayout *layout);
double mtb_paper_layout_fit (PangoLayout *layout, int first, double room, int *n_lines);

/* What stands on every page; see mtb-paper-furniture.c. */
double mtb_paper_furniture_get_head (MtbPaperPages *self);
double mtb_paper_furniture_get_foot (MtbPaperPages *self);
void mtb_paper_furniture_add (MtbPaperPages *self);

/* How wide the columns of the table are; see mtb-paper-columns.c. */
double *mtb_paper_columns_fit (MtbPaperPages *self);
double mtb_paper_columns_measure (MtbPaperPages *self);
void mtb_paper_columns_get_style (const MtbPaperColumn *column,
                                  gboolean is_heading,
                                  MtbPaperStyle *style);

G_END_DECLS
