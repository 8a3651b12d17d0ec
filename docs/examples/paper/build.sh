#!/bin/sh
# Writes generated/ with closedform (the figure needs its extra "plot"), checks the formulas that are
# typed by hand, and sets the paper. "sh build.sh picture" also draws page one for the docs.
set -eu
cd "$(dirname "$0")"
mkdir -p generated

closedform derive conv --measure macs --format latex > generated/conv.tex
closedform derive depthwise_separable --measure macs --format latex > generated/separable.tex
closedform derive "depthwise_separable / conv" --format latex > generated/saving.tex
closedform solve "macs(depthwise_separable(k=3, M=512, H=14, W=14)) <= 100M" --for N \
  --format latex > generated/budget.tex
closedform table "Convolution: conv" "Depthwise separable: depthwise_separable" \
  "α = 0.75: depthwise_separable(M=0.75*M, N=0.75*N)" \
  "α = 0.75, ρ = 0.714: depthwise_separable(M=0.75*M, N=0.75*N, H=10, W=10)" \
  --where "k=3, M=N=512, H=W=14" --measure macs --measure params --digits M \
  --caption "One layer inside MobileNet" --format latex > generated/layer.tex
closedform plot "depthwise_separable / conv" --over N=16..1024 --family k=3,5,7 \
  --output generated/figure.pdf --format latex > generated/figure.tex
# It is refuted, which is exit code 1.
closedform verify "k×k×M×M + M" --is "params(depthwise_conv(bias))" --format latex \
  > generated/verdict.tex || [ $? = 1 ]

closedform check paper.tex
pdflatex -interaction=nonstopmode -halt-on-error paper.tex
# Once more, for the numbers of the figure and the references.
pdflatex -interaction=nonstopmode -halt-on-error paper.tex

if [ "${1-}" = picture ]; then
  pdftoppm -r 90 -gray -png -singlefile -f 1 -l 1 paper.pdf ../../images/paper-page-1
fi
